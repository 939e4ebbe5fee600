import { isUnavailable, type Measure } from '../../src/base/measure.ts';
import { type CheckedFigure, checkedFigures } from '../../src/result/cross-check.ts';
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
    plainTable(
      'Figures of the same interactions, in milliseconds',
      COLUMNS,
      checkedFigures(crossCheck).map(rowOf),
    ),
    problems.length === 0 ? undefined : html('ul', { class: 'problems' }, ...problems),
  );
}

const rowOf = ({ step, variant, metric, agreement }: CheckedFigure): readonly string[] => {
  const { traceMs, pageMs, differenceMs, untracedMs } = agreement;
  return [
    step ?? 'The whole page',
    variant,
    metric,
    ...[traceMs, pageMs, differenceMs, untracedMs].map(cell),
  ];
};

const cell = (value: Measure): string => (isUnavailable(value) ? `— (${reason(value)})` : figure(value));
