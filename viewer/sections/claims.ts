import { isUnavailable } from '../../src/base/measure.ts';
import type { Claim, ClaimFinding } from '../../src/result/claim.ts';
import type { Session } from '../../src/result/session.ts';
import { figure, metricName, ms, percent, plural, reason } from '../layout/format.ts';
import { intervalMarks, type IntervalMark } from '../layout/interval.ts';
import { html } from '../marks/element.ts';
import { intervalStrip } from '../marks/interval-strip.ts';
import { scroller } from './plain-table.ts';
import { section } from './section.ts';
import { verdictBadge } from './verdict-badge.ts';

/** What the team believed, and what the measurements make of it. Undefined where the session tests no claim. */
export function claimsSection({ claims, variants }: Session): HTMLElement | undefined {
  if (claims.length === 0) return undefined;
  const [first, second] = variants;
  const difference = first && second ? `${first.name} − ${second.name}` : 'first − second variant';
  const cards = claims.map((claim) => claimCard(claim, difference));
  return section({ id: 'claims', title: claims.length === 1 ? 'The claim' : 'The claims' }, ...cards);
}

function claimCard({ id, text, verdict, findings }: Claim, difference: string): HTMLElement {
  const heading = html('h3', { id: `claim-${id}` }, `“${text}”`);
  const marks = intervalMarks(findings.map(({ shift }) => shift));
  const rows = findings.map((finding, index) => findingRow(finding, marks[index]));
  const table = html('table', { class: 'findings' });
  table.append(html('thead', {}, findingsHead(difference)), html('tbody', {}, ...rows));
  return html(
    'article',
    { class: 'claim', 'aria-labelledby': heading.id, 'data-claim': id, 'data-verdict': verdict },
    html('header', {}, heading, verdictBadge(verdict)),
    findings.length === 0 ? undefined : scroller(`Findings: ${text}`, table),
  );
}

const findingsHead = (difference: string): HTMLElement =>
  html(
    'tr',
    {},
    html('th', { scope: 'col' }, 'Step'),
    html('th', { scope: 'col' }, 'Verdict'),
    html('th', { scope: 'col' }, 'Shift', html('span', { class: 'note' }, difference)),
    html('th', { scope: 'col' }, 'Interval', html('span', { class: 'note' }, 'the grey line is no shift')),
    html('th', { scope: 'col' }, 'Finding'),
  );

function findingRow(finding: ClaimFinding, mark: IntervalMark | undefined): HTMLElement {
  const { step, metric, verdict, sentence } = finding;
  return html(
    'tr',
    {},
    html('th', { scope: 'row' }, step, html('span', { class: 'note' }, metricName(metric))),
    html('td', {}, verdictBadge(verdict)),
    html('td', { class: 'shift' }, ...shiftContent(finding)),
    html('td', { class: 'interval-cell' }, mark && intervalStrip(mark)),
    html('td', { class: 'sentence' }, sentence),
  );
}

function shiftContent({ shift }: ClaimFinding): readonly (HTMLElement | string)[] {
  if (isUnavailable(shift)) return ['—', html('span', { class: 'note' }, reason(shift))];
  const { estimateMs, lowMs, highMs, confidence, pairs } = shift;
  const range = `${figure(lowMs)} to ${ms(highMs)}`;
  const basis = `${percent(confidence)} confidence, ${plural(pairs, 'pair')}`;
  return [html('strong', {}, ms(estimateMs)), ` [${range}]`, html('span', { class: 'note' }, basis)];
}
