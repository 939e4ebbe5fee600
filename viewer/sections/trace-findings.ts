import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { FindingRow } from '../../src/result/session-summary.ts';
import type { Session } from '../../src/result/session.ts';
import { ms, plural } from '../layout/format.ts';
import { html } from '../marks/element.ts';
import { findingCards } from './finding-cards.ts';
import { section } from './section.ts';

const MOST_SHOWN = 6;

/** What to do next, the most telling first. Undefined where nothing was found. */
export function traceFindingsSection(
  findings: readonly InsightFinding[],
  onShow: (finding: InsightFinding) => void,
): HTMLElement | undefined {
  const worst = findings.toSorted((a, b) => b.explainsMs - a.explainsMs);
  return findingsSection(worst, (part) => [findingCards(part, onShow)]);
}

/** The same of a session: what was found in most loads of a step, with the load that shows it best. */
export function sessionFindingsSection(
  { findings }: Session,
  show: (row: FindingRow) => (() => void) | undefined,
): HTMLElement | undefined {
  const recurring = findings
    .filter(({ recurs }) => recurs)
    .toSorted((a, b) => b.explainsMs.median - a.explainsMs.median);
  return findingsSection(recurring, (rows) => rows.map((row) => rowCard(row, show(row))));
}

/** The worst ones, and the others folded away. */
function findingsSection<Finding>(
  findings: readonly Finding[],
  cards: (part: readonly Finding[]) => readonly HTMLElement[],
): HTMLElement | undefined {
  if (findings.length === 0) return undefined;
  const rest = findings.slice(MOST_SHOWN);
  return section(
    { id: 'findings', title: 'What made users wait, and what to do' },
    ...cards(findings.slice(0, MOST_SHOWN)),
    rest.length === 0
      ? undefined
      : html('details', {}, html('summary', {}, plural(rest.length, 'smaller finding')), ...cards(rest)),
  );
}

const rowCard = (
  { step, variant, runs, ofRuns, explainsMs, example }: FindingRow,
  show: (() => void) | undefined,
): HTMLElement =>
  html(
    'div',
    { class: 'session-finding' },
    html(
      'p',
      { class: 'note' },
      `${step} · ${variant} · in ${String(runs)} of ${plural(ofRuns, 'run')} · explains ${ms(explainsMs.median)} (median)`,
    ),
    findingCards([example], show),
  );
