import { isUnavailable, type Measure } from '../../src/base/measure.ts';
import type { Agreement, CrossCheck, CrossCheckedStep } from '../../src/result/cross-check.ts';
import type { Session } from '../../src/result/session.ts';
import { crossCheckSentence } from '../../src/result/words/cross-check-words.ts';
import { figure, reason } from '../layout/format.ts';
import { html } from '../marks/element.ts';
import { plainTable } from './plain-table.ts';
import { section } from './section.ts';

const COLUMNS = ['Step', 'Variant', 'Metric', 'Trace', 'Page', 'Difference', 'Page, untraced'] as const;

/** What the page saw of its interactions, beside the trace. Undefined where it was not asked. */
export function crossCheckSection({ crossCheck = [] }: Session): HTMLElement | undefined {
  const [first] = crossCheck;
  if (first === undefined) return undefined;
  const title = `The page’s own figures (${first.library})`;
  const problems = crossCheck.flatMap(({ variant, problems: own }) =>
    own.map(({ code, message }) => html('li', {}, `${variant}: `, html('code', {}, code), ` ${message}`)),
  );
  return section(
    { id: 'cross-check', title, lede: crossCheckSentence(crossCheck) },
    plainTable('Figures of the same interactions, in milliseconds', COLUMNS, crossCheck.flatMap(rowsOf)),
    problems.length === 0 ? undefined : html('ul', { class: 'problems' }, ...problems),
  );
}

const rowsOf = ({ variant, page, steps }: CrossCheck): readonly (readonly string[])[] => [
  ...steps.flatMap((step) => stepRows(step, variant)),
  row('The whole page', variant, 'INP', page),
];

const stepRows = ({ step, inp, icp }: CrossCheckedStep, variant: string): readonly (readonly string[])[] => [
  row(step, variant, 'INP', inp),
  row(step, variant, 'ICP', icp),
];

const row = (
  step: string,
  variant: string,
  metric: string,
  { traceMs, pageMs, differenceMs, untracedMs }: Agreement,
): readonly string[] => [
  step,
  variant,
  metric,
  cell(traceMs),
  cell(pageMs),
  cell(differenceMs),
  cell(untracedMs),
];

const cell = (value: Measure): string => (isUnavailable(value) ? `— (${reason(value)})` : figure(value));
