import {
  type CompareSettings,
  DEFAULT_MARGIN_PERCENT,
  DEFAULT_METRICS,
  DEFAULT_PAIRS,
  InpactError,
  METRIC_IDS,
  metricNamed,
  THOROUGH_PAIRS,
} from '../../src/index.ts';
import type { CompareFlags } from './flags.ts';

/** How to compare, as the command line says it. */
export function compareSettingsOf({ metrics, margin, maxPairs, thorough }: CompareFlags): CompareSettings {
  if (maxPairs !== undefined && maxPairs > THOROUGH_PAIRS) {
    throw new InpactError('bad-usage', `There are at most ${String(THOROUGH_PAIRS)} pairs`, {
      hint: 'What so many do not show takes a quieter machine, or more --repetitions.',
    });
  }
  return {
    metrics: metrics === undefined ? DEFAULT_METRICS : [...new Set(metrics.split(',').map(named))],
    marginPercent: margin ?? DEFAULT_MARGIN_PERCENT,
    maxPairs: maxPairs ?? (thorough ? THOROUGH_PAIRS : DEFAULT_PAIRS),
  };
}

function named(id: string): CompareSettings['metrics'][number] {
  const name = metricNamed(id.trim());
  if (name !== undefined) return name;
  throw new InpactError('bad-usage', `There is no metric “${id}”`, {
    hint: `There are ${METRIC_IDS.join(', ')}.`,
  });
}
