import { isUnavailable } from '../../src/base/measure.ts';
import type { Load } from '../../src/result/load.ts';
import type { ComparedMetric, ComparedPair, Comparison } from '../../src/result/comparison.ts';
import { changeOf, comparedName, FINDING_WORDS, pairsInWords } from '../layout/comparison-words.ts';
import { percent, reason, withUnit } from '../layout/format.ts';
import { type PairMarks, pairScale, type PairScale } from '../layout/pair-marks.ts';
import { runLabel } from '../layout/run-label.ts';
import { html } from '../marks/element.ts';
import type { Verdict } from '../marks/icons.ts';
import { pairAxis, pairStrip } from '../marks/pair-strip.ts';
import { plainTable } from './plain-table.ts';
import { section } from './section.ts';
import { verdictBadge } from './verdict-badge.ts';

/** Every pair of every metric that was compared, all on one scale, with the verdict in words. */
export function comparisonSection(comparison: Comparison, loads: readonly Load[]): HTMLElement {
  const { metrics, base, changed } = comparison;
  const scale = pairScale(comparison);
  const runOf = (round: number): string => runLabel(loads, { round, warmUp: false });
  const cards = metrics.map((metric, index) =>
    metricCard(metric, scale.metrics[index], scale, { ...comparison, runOf }),
  );
  return section(
    { id: 'comparison', title: 'Every pair', lede: ledeOf(comparison) },
    html('div', { class: 'strips' }, ...cards),
    html(
      'p',
      { class: 'how-to' },
      `${base.name} is ${base.description}; ${changed.name} is ${changed.description}. `,
      html('a', { href: '#timelines' }, 'Both sides on one time scale, and every run as a row'),
      '.',
    ),
  );
}

function ledeOf({ base, changed, design }: Comparison): string {
  const isGate = design.pairing === 'interleaved';
  return [
    `A dot is a pair of loads, ${isGate ? 'recorded back to back' : 'recorded apart'}: right of the middle ${changed.name} is slower than ${base.name}, left of it faster.`,
    ...(isGate ? ['Hollow ones came after the verdict.'] : []),
    'The diamond is the Hodges–Lehmann estimate with its interval.',
    `Right of the dashed line (δ: ${percent(design.marginPercent / 100)}, or a frame where that is more) a change is of interest.`,
  ].join(' ');
}

const BADGES: Readonly<Record<ComparedMetric['finding'], Verdict>> = {
  regressed: 'refuted',
  improved: 'confirmed',
  'no-regression': 'confirmed',
  inconclusive: 'inconclusive',
};

interface Sides extends Pick<Comparison, 'base' | 'changed'> {
  readonly runOf: (round: number) => string;
}

function metricCard(
  compared: ComparedMetric,
  marks: PairMarks | undefined,
  scale: PairScale,
  sides: Sides,
): HTMLElement {
  const { finding, sentence, advice, role, step, metric } = compared;
  const badge = role === 'gate' ? verdictBadge(BADGES[finding], FINDING_WORDS[finding]) : undefined;
  return html(
    'article',
    { class: 'strip-card compared', 'data-step': step, 'data-compared': metric, 'data-finding': finding },
    html('header', {}, html('h3', {}, comparedName(compared)), badge),
    html(
      'p',
      { class: 'note' },
      role === 'gate' ? `${sentence}.` : `${sentence}. Shown beside, never judged.`,
    ),
    advice === null ? undefined : html('p', { class: 'note' }, advice),
    marks?.margin !== undefined && marks.margin > 1
      ? html('p', { class: 'note' }, 'δ, a frame here, lies beyond the scale.')
      : undefined,
    marks && pairStrip(marks, pairsInWords(compared), sides.runOf),
    pairAxis(scale),
    html('details', {}, html('summary', {}, 'The pairs as a table'), pairTable(compared, sides)),
  );
}

const pairTable = (compared: ComparedMetric, { base, changed, runOf }: Sides): HTMLElement | undefined =>
  plainTable(
    comparedName(compared),
    ['Run', 'First', base.name, changed.name, 'Change', 'Counts'],
    compared.pairs.map((pair) => [
      runOf(pair.round),
      pair.baseFirst ? base.name : changed.name,
      valueText(compared, pair.base),
      valueText(compared, pair.changed),
      pairChange(pair),
      pair.counts ? 'yes' : 'no',
    ]),
  );

const valueText = ({ metric }: ComparedMetric, value: ComparedPair['base']): string =>
  isUnavailable(value) ? `— (${reason(value)})` : withUnit(metric, value);

const pairChange = ({ base, changed }: ComparedPair): string =>
  isUnavailable(base) || isUnavailable(changed) || base <= 0 ? '—' : changeOf(changed / base);
