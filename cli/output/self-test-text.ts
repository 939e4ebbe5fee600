import {
  isUnavailable,
  METRIC_LABELS,
  numberText,
  type SelfTest,
  type SelfTestMetric,
} from '../../src/index.ts';
import { term, termText } from './terminal.ts';

/** A self-test as a person reads it in a terminal. */
export function selfTestText({ subject, verdict, metrics, control }: SelfTest): string {
  return [
    `${verdict === 'pass' ? 'Comparisons work here' : 'Comparisons do not work here'}: ${termText(subject)}`,
    ...metrics.flatMap(linesOf),
    `Positive control: handlers held for ${numberText(control.delayMs)} ms were ${FOUND[control.finding]} after ${String(control.pairs)} pairs.`,
    '',
  ].join('\n');
}

const FOUND: Readonly<Record<SelfTest['control']['finding'], string>> = {
  regressed: 'found',
  'no-regression': 'NOT found',
  improved: 'NOT found',
  inconclusive: 'NOT found',
};

function linesOf(metric: SelfTestMetric): readonly string[] {
  const { finding, pairs, resampled, noise } = metric;
  const name = `${METRIC_LABELS[metric.metric].label} of ${term(metric.step)}`;
  const same = finding === 'regressed' ? 'a FALSE ALARM' : finding;
  return [
    `${name}: the page against itself is ${same}, by ${String(pairs)} pairs.`,
    `  Resampled from these: ${numberText(resampled.regressed)} false alarms in ${numberText(resampled.comparisons)} comparisons, ${numberText(resampled.cleared)} cleared.`,
    isUnavailable(noise)
      ? '  Noise: it takes several --repetitions to divide it.'
      : `  Noise: ${percent(noise.betweenLoads)} between loads, ${percent(noise.withinLoads)} within one.`,
    `  Smallest change found in nine of ten: ${change(metric.smallestFoundPercent)}, with --thorough ${change(metric.smallestFoundThoroughPercent)}.`,
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const change = (found: SelfTestMetric['smallestFoundPercent']): string =>
  isUnavailable(found) ? 'none up to twice the time' : `${String(found)} %`;
