import { isUnavailable, type Measure, type Unavailable } from '../../src/base/measure.ts';
import { numberText } from '../../src/base/number-text.ts';
import type { MetricName } from '../../src/result/session-summary.ts';
import { METRIC_LABELS } from '../../src/result/words/metric-labels.ts';

/** As wide as a digit, so that figures stay aligned. A hyphen is not. */
const MINUS = '−';

/** A number for people: whole from 10 on, one decimal below. */
export const figure = (value: number): string =>
  (Math.abs(value) >= 9.95 ? numberText(value) : withTenths(value)).replace('-', MINUS);

/** A decimal says nothing where it is 0. */
const withTenths = (value: number): string => numberText(value, 1).replace(/\.0$/, '');

export const ms = (value: number): string => `${figure(value)} ms`;

export const percent = (share: number): string => `${withTenths(share * 100)} %`;

/** `1 run`, `2 runs`. */
export const plural = (count: number, noun: string): string =>
  `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;

export const metricName = (metric: MetricName): string => METRIC_LABELS[metric].heading;

export const withUnit = (metric: MetricName, value: number): string =>
  METRIC_LABELS[metric].unit === 'count' ? figure(value) : ms(value);

const REASONS: ReadonlyMap<string, string> = new Map([
  ['no-interactions', 'no interaction was recorded'],
  ['no-interaction', 'no interaction was recorded'],
  ['not-recorded', 'it was not recorded'],
  ['no-contentful-change', 'the interaction painted no new content'],
  ['no-server-trace', 'the server kept no trace'],
  ['no-event-loop', 'the server has no event loop'],
  ['no-request', 'the step sent no request'],
  ['no-response', 'there was no response'],
  ['no-tasks', 'no task was recorded'],
  ['unfinished', 'it had not finished when the recording ended'],
  ['no-valid-load', 'no load was valid'],
]);

/** Why there is no figure, as the end of a sentence. A reason that this page does not know yet is shown as it is. */
export const reason = ({ unavailable }: Unavailable): string =>
  REASONS.get(unavailable) ?? unavailable.replaceAll('-', ' ');

export const msOrReason = (value: Measure): string => (isUnavailable(value) ? reason(value) : ms(value));
