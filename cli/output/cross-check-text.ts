import {
  type Agreement,
  type CrossCheck,
  crossCheckSentence,
  isUnavailable,
  type Measure,
  numberText,
} from '../../src/index.ts';
import { term, termText } from './terminal.ts';
import { textTable } from './text-table.ts';

/** What the pages saw of their interactions, beside what the trace says of the same ones. */
export function crossCheckText(checks: readonly CrossCheck[] = []): readonly string[] {
  const [first] = checks;
  if (first === undefined) return [];
  const table = textTable(
    ['step', 'variant', 'metric', 'trace', 'page', 'difference', 'page, untraced'],
    checks.flatMap(rowsOf),
    ['left', 'left', 'left', 'right'],
  );
  return [
    '',
    `Cross-check with the page’s own figures (${termText(first.library)}), in ms; Chrome rounds a page’s INP to 8:`,
    table,
    ...checks.flatMap(({ variant, problems }) =>
      problems.map(({ message }) => `Cross-check of ${termText(variant)}: ${termText(message)}`),
    ),
    termText(crossCheckSentence(checks)),
  ];
}

const rowsOf = ({ variant, page, steps }: CrossCheck): readonly (readonly string[])[] => [
  ...steps.flatMap(({ step, inp, icp }) => [row(step, variant, 'INP', inp), row(step, variant, 'ICP', icp)]),
  row('the whole page', variant, 'INP', page),
];

const row = (
  step: string,
  variant: string,
  metric: string,
  { traceMs, pageMs, differenceMs, untracedMs }: Agreement,
): readonly string[] => [
  term(step),
  term(variant),
  metric,
  ...[traceMs, pageMs, differenceMs, untracedMs].map(cell),
];

const cell = (value: Measure): string => (isUnavailable(value) ? '—' : numberText(value, 1));
