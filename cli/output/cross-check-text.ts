import {
  type CheckedFigure,
  checkedFigures,
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
    checkedFigures(checks).map(rowOf),
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

const rowOf = ({ step, variant, metric, agreement }: CheckedFigure): readonly string[] => {
  const { traceMs, pageMs, differenceMs, untracedMs } = agreement;
  return [
    term(step ?? 'the whole page'),
    term(variant),
    metric,
    ...[traceMs, pageMs, differenceMs, untracedMs].map(cell),
  ];
};

const cell = (value: Measure): string => (isUnavailable(value) ? '—' : numberText(value, 1));
