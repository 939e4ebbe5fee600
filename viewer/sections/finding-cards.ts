import type { InsightFinding } from '../../src/result/findings-result.ts';
import { ms, plural } from '../layout/format.ts';
import { placeOf } from '../layout/span-card.ts';
import type { TimeSpan } from '../layout/time-span.ts';
import { html } from '../marks/element.ts';

/** What made the user wait and what to do about it, each with its place on the timeline. */
export function findingCards(
  findings: readonly InsightFinding[],
  onShow: ((finding: InsightFinding) => void) | undefined,
): HTMLElement {
  return html('ol', { class: 'finding-list' }, ...findings.map((finding) => findingCard(finding, onShow)));
}

function findingCard(
  finding: InsightFinding,
  onShow: ((finding: InsightFinding) => void) | undefined,
): HTMLElement {
  const { id, title, sentence, advice, evidence, explainsMs, docs } = finding;
  return html(
    'li',
    { class: 'finding', 'data-finding': id },
    html(
      'p',
      { class: 'finding-title' },
      title,
      html('span', { class: `evidence evidence-${evidence}` }, evidence),
    ),
    html('p', {}, sentence),
    html('p', { class: 'advice' }, html('strong', {}, 'What to do: '), advice),
    places(finding),
    html(
      'p',
      { class: 'finding-foot' },
      onShow && showButton(() => onShow(finding)),
      html('span', { class: 'note' }, `explains ${ms(explainsMs)} of the wait · more in ${docs}`),
    ),
  );
}

function showButton(show: () => void): HTMLElement {
  const button = html('button', { type: 'button' }, 'Show on the timeline');
  button.addEventListener('click', show);
  return button;
}

function places({ where }: InsightFinding): HTMLElement | undefined {
  const code = where.code.map(
    ({ side, functionName, url, line }) =>
      [
        side === 'server' ? 'Server code' : 'Page code',
        [functionName, placeOf(url, line ?? 0)].filter((part) => part !== '').join(' '),
      ] as const,
  );
  const requests = where.requests.map(({ method, url }) => ['Request', `${method} ${url}`] as const);
  const rows = [
    ...code.slice(0, MOST_PLACES),
    ...requests.slice(0, MOST_PLACES),
    ...(where.sql === null ? [] : [['Query', where.sql] as const]),
    ...(where.serverName === null ? [] : [['On the server', where.serverName] as const]),
  ];
  if (rows.length === 0) return undefined;
  const list = html('dl', { class: 'places' });
  for (const [name, value] of rows) list.append(html('dt', {}, name), html('dd', {}, value));
  const more = code.length + requests.length - 2 * MOST_PLACES;
  if (more > 0) list.append(html('dt', {}, ''), html('dd', {}, `and ${plural(more, 'other')}`));
  return list;
}

const MOST_PLACES = 4;

export const findingSpan = ({ startMs, endMs }: InsightFinding): TimeSpan => ({ startMs, endMs });
