import Table from 'cli-table3';
import {
  type CrossCheck,
  disagreements,
  isUnavailable,
  LARGEST_DIFFERENCE_MS,
  type Measure,
  numberText,
} from '../../src/index.ts';
import { term, termText } from './terminal.ts';

/** What the pages saw of their interactions, beside what the trace says of the same ones. */
export function crossCheckText(checks: readonly CrossCheck[] = []): readonly string[] {
  const [first] = checks;
  if (first === undefined) return [];
  const drawn = new Table({
    head: ['step', 'variant', 'metric', 'trace', 'page', 'difference', 'page, untraced'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { variant, page, steps } of checks) {
    const rows = [
      ...steps.flatMap(({ step, inp, icp }) => [[step, 'INP', inp] as const, [step, 'ICP', icp] as const]),
      ['the whole page', 'INP', page] as const,
    ];
    for (const [step, metric, { traceMs, pageMs, differenceMs, untracedMs }] of rows) {
      drawn.push([
        term(step),
        term(variant),
        metric,
        ...[traceMs, pageMs, differenceMs, untracedMs].map(cell),
      ]);
    }
  }
  return [
    '',
    `Cross-check with the page’s own figures (${termText(first.library)}), in ms; Chrome rounds a page’s INP to 8:`,
    drawn.toString(),
    ...checks.flatMap(({ variant, problems }) =>
      problems.map(({ message }) => `Cross-check of ${termText(variant)}: ${termText(message)}`),
    ),
    verdict(checks),
  ];
}

const cell = (value: Measure): string => (isUnavailable(value) ? '—' : numberText(value, 1));

function verdict(checks: readonly CrossCheck[]): string {
  const found = disagreements(checks);
  const limit = `${String(LARGEST_DIFFERENCE_MS)} ms`;
  if (found.length === 0) return `Page and trace differ by at most ${limit}, wherever both have a figure.`;
  const places = found.map(
    ({ variant, step, metric }) => `${metric} of ${term(step ?? 'the whole page')} (${term(variant)})`,
  );
  return `Page and trace differ by more than ${limit} in ${places.join(', ')}: INPact may be wrong there; please report it with the trace of the check.`;
}
