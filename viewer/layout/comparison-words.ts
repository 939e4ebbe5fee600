import { isUnavailable } from '../../src/base/measure.ts';
import type { Change, ChangeKind } from '../../src/result/changes.ts';
import type { ComparedMetric, Comparison, Finding } from '../../src/result/comparison.ts';
import { comparisonHeading } from '../../src/result/words/comparison-heading.ts';
import { stageWords } from '../../src/result/words/segment-words.ts';
import { figure, metricName, plural } from './format.ts';

/** The verdict as a heading: of what, and which against which. */
export const comparisonTitle = (comparison: Comparison): string =>
  `${comparisonHeading(comparison)}: ${comparison.changed.name} against ${comparison.base.name}`;

/** Which versions stand behind the two names: a commit, a working copy, an address. */
export const versionsCompared = ({ base, changed }: Comparison): readonly string[] =>
  [base, changed].flatMap(({ name, description }) => (description === '' ? [] : `${name}: ${description}`));

/** What decides, the worst first, and whether loads of one side fail more often. Of many metrics the first few, and how many more there are. */
export function comparisonSentences({ metrics, failures }: Comparison): readonly string[] {
  const gates = metrics.filter(({ role }) => role === 'gate').toSorted(worstFirst);
  const told = gates.length > SENTENCES + 1 ? gates.slice(0, SENTENCES) : gates;
  return [
    ...told.map(({ step, sentence }) => `${step}: ${sentence}.`),
    ...othersSentence(gates.slice(told.length)),
    ...(failures.finding === 'alike' ? [] : [`${failures.sentence}.`]),
  ];
}

/** More of them would take the answer itself off the first screen. */
const SENTENCES = 4;

/** The largest change first where nothing else tells them apart. */
const worstFirst = (a: ComparedMetric, b: ComparedMetric): number =>
  FINDING_ORDER.indexOf(a.finding) - FINDING_ORDER.indexOf(b.finding) || estimateOf(b) - estimateOf(a);

const estimateOf = ({ ratio }: ComparedMetric): number => (isUnavailable(ratio) ? 0 : ratio.estimate);

/** "6 more metrics: 2 inconclusive, 4 did not regress." */
function othersSentence(others: readonly ComparedMetric[]): readonly string[] {
  if (others.length === 0) return [];
  const counts = FINDING_ORDER.flatMap((finding) => {
    const count = others.filter((other) => other.finding === finding).length;
    return count === 0 ? [] : [`${figure(count)} ${FINDING_WORDS[finding].toLowerCase()}`];
  });
  return [`${plural(others.length, 'more metric')}: ${counts.join(', ')}.`];
}

const FINDING_ORDER: readonly Finding[] = ['regressed', 'inconclusive', 'improved', 'no-regression'];

export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  regressed: 'Regressed',
  improved: 'Improved',
  'no-regression': 'Did not regress',
  inconclusive: 'Inconclusive',
};

/** A ratio as a change in percent: `+12.3 %`. */
export function changeOf(ratio: number): string {
  const change = figure((ratio - 1) * 100);
  return `${ratio > 1 && change !== '0' ? '+' : ''}${change} %`;
}

/** What a strip of pairs shows, for who does not see it. */
export function pairsInWords({ ratio, judgedPairs, pairs }: ComparedMetric): string {
  const basis = `${plural(judgedPairs, 'pair')} judged of ${figure(pairs.length)}`;
  if (isUnavailable(ratio)) return `${basis}: too few for an interval`;
  return `${basis}: ${changeOf(ratio.estimate)}, interval ${changeOf(ratio.low)} to ${changeOf(ratio.high)}`;
}

export const comparedName = ({ metric, step }: ComparedMetric): string => `${metricName(metric)} of ${step}`;

export const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  stage: 'Stage of the wait',
  function: 'Function',
  activity: 'Browser’s work',
  reflow: 'Forced reflow',
  request: 'Request',
  server: 'Server',
};

export const PRESENCE_WORDS: Readonly<Record<Change['presence'], string>> = {
  new: 'new',
  gone: 'gone',
  both: 'in both',
};

export function changedName({ kind, name }: Change): string {
  if (kind === 'stage') return stageWords(name).name;
  return name === '' ? '(anonymous)' : name;
}

/** Where a change stands in a source; empty where it stands in none. */
export const placeOf = ({ url, line }: Change): string =>
  url === '' || isUnavailable(line) ? url : `${url}:${line}`;
