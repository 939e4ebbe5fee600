import type { InsightFinding } from '../../src/result/findings-result.ts';
import { findingPlaces } from '../layout/finding-places.ts';
import { ms } from '../layout/format.ts';
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

function places(finding: InsightFinding): HTMLElement | undefined {
  const rows = findingPlaces(finding);
  if (rows.length === 0) return undefined;
  const list = html('dl', { class: 'places' });
  for (const [name, value] of rows) list.append(html('dt', {}, name), html('dd', {}, value));
  return list;
}

export const findingSpan = ({ startMs, endMs }: InsightFinding): TimeSpan => ({ startMs, endMs });
