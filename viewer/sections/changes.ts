import type { Change, StepChanges } from '../../src/result/changes.ts';
import type { Comparison } from '../../src/result/comparison.ts';
import { changedName, KIND_WORDS, placeOf, PRESENCE_WORDS } from '../layout/comparison-words.ts';
import { figure, ms } from '../layout/format.ts';
import { type IntervalMark, intervalMarks } from '../layout/interval.ts';
import { html } from '../marks/element.ts';
import { intervalStrip } from '../marks/interval-strip.ts';
import { scroller } from './plain-table.ts';
import { section } from './section.ts';

type Sides = readonly [base: string, changed: string];

/** Where the time went that a regressed step takes more. Undefined where none regressed. */
export function changesSection({ changes, base, changed }: Comparison): HTMLElement | undefined {
  const steps = changes.filter((step) => step.changes.length > 0);
  if (steps.length === 0) return undefined;
  const lede = `Stages of the wait, functions, forced reflows, requests and server work whose time differs for certain, in a load’s mean. ${changed.name} less ${base.name}; the grey line is no difference.`;
  return section(
    { id: 'changes', title: 'What changed', lede },
    ...steps.map((step) => stepCard(step, [base.name, changed.name])),
  );
}

function stepCard({ step, changes }: StepChanges, sides: Sides): HTMLElement {
  const marks = intervalMarks(
    changes.map(({ differenceMs, lowMs, highMs }) => ({ estimateMs: differenceMs, lowMs, highMs })),
  );
  const heads = ['What', ...sides, 'Difference', 'Interval'];
  const table = html('table', { class: 'findings changes' });
  table.append(
    html('thead', {}, html('tr', {}, ...heads.map((head) => html('th', { scope: 'col' }, head)))),
    html('tbody', {}, ...changes.map((change, index) => changeRow(change, marks[index], sides))),
  );
  return html(
    'article',
    { class: 'claim', 'data-changes-of': step },
    html('h3', {}, step),
    scroller(`What changed in ${step}`, table),
  );
}

function changeRow(change: Change, mark: IntervalMark | undefined, [base, changed]: Sides): HTMLElement {
  const { kind, presence, baseMs, changedMs, differenceMs, lowMs, highMs } = change;
  const place = placeOf(change);
  return html(
    'tr',
    { 'data-change': kind },
    html(
      'th',
      { scope: 'row' },
      changedName(change),
      html('span', { class: 'note' }, `${KIND_WORDS[kind]}, ${PRESENCE_WORDS[presence]}`),
      place === '' ? undefined : html('span', { class: 'note place' }, place),
    ),
    html('td', { 'data-side': base }, ms(baseMs)),
    html('td', { 'data-side': changed }, ms(changedMs)),
    html(
      'td',
      { class: 'shift' },
      html('strong', {}, signed(differenceMs)),
      ` [${figure(lowMs)} to ${ms(highMs)}]`,
    ),
    html('td', { class: 'interval-cell' }, mark && intervalStrip(mark)),
  );
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${ms(value)}`;
