import { isUnavailable } from '../base/measure.ts';
import { numberText } from '../base/number-text.ts';
import type { ComparedMetric, RatioInterval } from '../result/comparison.ts';
import { METRIC_LABELS, metricText } from '../result/words/metric-labels.ts';
import type { MetricOrder } from './metric-order.ts';
import { DEFAULT_PAIRS, FEWEST_PAIRS, floorOf, THOROUGH_PAIRS } from './settings.ts';

type Found = Omit<ComparedMetric, 'sentence' | 'advice'>;

/** What was found, with the figures in it. */
export function sentenceOf(found: Found, order: MetricOrder): string {
  const { label } = METRIC_LABELS[found.metric];
  if (isUnavailable(found.ratio))
    return `${label} could not be compared: ${pairsWord(found.judgedPairs)} have a value on both sides`;
  const change = `${label} is ${ratioWords(found.ratio)}, by ${pairsWord(found.judgedPairs)}`;
  switch (found.finding) {
    case 'regressed':
      return `${change}: it regressed`;
    case 'improved':
      return `${change}: it improved`;
    case 'no-regression':
      return `${change}: it did not regress by ${marginWords(found, order)}`;
    case 'inconclusive':
      // What keeps all of them from being a verdict is said once, in a note.
      return order.isGate ? `${change}: whether it regressed is not certain` : change;
  }
}

const pairsWord = (pairs: number): string => `${String(pairs)} ${pairs === 1 ? 'pair' : 'pairs'}`;

/** "12.3 % higher (5.1 to 19.0 %)". */
function ratioWords({ estimate, low, high }: RatioInterval): string {
  const direction = estimate >= 1 ? 'higher' : 'lower';
  return `${percentText(Math.abs(estimate - 1))} ${direction} (${signedPercent(low)} to ${signedPercent(high)})`;
}

const percentText = (share: number): string => `${numberText(share * 100, 1)} %`;

/** A ratio as a change in percent. */
export const signedPercent = (ratio: number): string => `${ratio > 1 ? '+' : ''}${percentText(ratio - 1)}`;

/** The margin as it applied: in percent, or where that is less than a frame, a frame. */
function marginWords({ metric, base }: Found, { marginPercent }: MetricOrder): string {
  const floor = floorOf(METRIC_LABELS[metric].unit);
  const byPercent = isUnavailable(base.median) ? 0 : (base.median * marginPercent) / 100;
  return byPercent >= floor ? `${String(marginPercent)} % or more` : `${metricText(metric, floor)} or more`;
}

/** What would make it conclusive. Null where it is, and where nothing could: a note says why. */
export function adviceFor(found: Found, { isGate, plan, plannedPairs }: MetricOrder): string | null {
  if (found.finding !== 'inconclusive' || !isGate) return null;
  const without = found.pairs.filter(({ counts }) => !counts);
  if (without.length * 2 > found.pairs.length) return `${reasonOf(without)} Most pairs do not count.`;
  const most = plan.looks.at(-1) ?? 0;
  if (most < FEWEST_PAIRS)
    return `It takes at least ${String(FEWEST_PAIRS)} pairs to tell a regression: raise --max-pairs.`;
  if (found.judgedPairs < most && found.pairs.length >= plannedPairs)
    return `${reasonOf(without)} ${pairsWord(without.length)} of ${String(found.pairs.length)} do not count: record anew when that is mended.`;
  if (found.judgedPairs < most)
    return `The recording ended after ${pairsWord(found.judgedPairs)} of ${String(most)}: continue it with --resume.`;
  const modes = Math.max(found.base.modes, found.changed.modes);
  const more = most <= DEFAULT_PAIRS ? ' Compare with --thorough.' : '';
  if (modes > 1) {
    return `The loads lie in ${String(modes)} heaps, as of a page that sometimes loads another way: more loads tell them apart, more repetitions do not.${more}`;
  }
  return most < THOROUGH_PAIRS
    ? 'The machine is too noisy for so few pairs: compare with --thorough, or with more --repetitions.'
    : 'The machine is too noisy for this margin: use a quieter one, more --repetitions, or a larger --margin.';
}

function reasonOf(pairs: Found['pairs']): string {
  const values = pairs.flatMap(({ base, changed }) => [base, changed]);
  const reason = values.find(isUnavailable)?.unavailable;
  return reason === undefined ? 'Loads were not fit to be judged.' : `Loads have no value: ${reason}.`;
}
