import { isUnavailable, type Unavailable } from '../../src/base/measure.ts';
import type { MetricName, MetricSummary } from '../../src/result/session-summary.ts';
import { type FigureRow, waitingWords } from '../layout/figure-rows.ts';
import { figure, plural, reason } from '../layout/format.ts';
import { html, type Child } from '../marks/element.ts';
import { ratingBadge } from './rating-badge.ts';

/** One figure. Its `data-` attributes hold the number as the session has it, for whoever checks the page. */
export function figureCell(row: FigureRow, metric: MetricName): HTMLElement {
  const value = row.metrics[metric];
  return html(
    'td',
    {
      'data-variant': row.variant,
      'data-step': row.step,
      'data-metric': metric,
      'data-value': isUnavailable(value) ? 'unavailable' : value.median,
    },
    ...(isUnavailable(value) ? absent(value) : present(row, metric, value)),
  );
}

/** A dash to the eye, the reason to the pointer and to a screen reader. Never 0. */
const absent = (value: Unavailable): readonly HTMLElement[] => [
  html('span', { class: 'absent', title: reason(value), 'aria-hidden': 'true' }, '—'),
  html('span', { class: 'visually-hidden' }, `not available: ${reason(value)}`),
];

function present(row: FigureRow, metric: MetricName, value: MetricSummary): readonly Child[] {
  const waiting = metric === 'longestTaskCpuMs' ? waitingWords(row) : undefined;
  return [
    html('span', { class: 'median' }, figure(value.median)),
    html('span', { class: 'spread' }, spread(value)),
    metric === 'inpMs' ? ratingBadge(value.median) : undefined,
    waiting === undefined ? undefined : html('span', { class: 'waiting' }, waiting),
    value.runs < row.runs
      ? html('span', { class: 'note' }, `in ${plural(value.runs, 'run')} only`)
      : undefined,
  ];
}

const spread = ({ min, max }: MetricSummary): string =>
  figure(min) === figure(max) ? `all ${figure(min)}` : `${figure(min)}–${figure(max)}`;
