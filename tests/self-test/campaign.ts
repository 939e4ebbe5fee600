import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { isUnavailable } from '../../src/base/measure.ts';
import type { ComparedMetric, Finding } from '../../src/result/comparison.ts';
import type { Resampled } from '../../src/compare/self-test.ts';
import { METRIC_LABELS } from '../../src/result/words/metric-labels.ts';
import { metricNameSchema } from '../../src/result/schema/schema-summary.ts';

/** What was recorded: a page with itself, with itself a tenth slower, and the lab's two backends. */
export type Kind = 'same' | 'tenth' | 'backend';
const KINDS: readonly Kind[] = ['same', 'tenth', 'backend'];

/** `unfinished` if its time was up. */
type Ending = 'pass' | 'fail' | 'inconclusive' | 'unfinished';
const ENDINGS: readonly Ending[] = ['pass', 'fail', 'inconclusive', 'unfinished'];

/** What counts of one comparison; its line in the campaign's file holds more. */
export interface CampaignLine {
  readonly name: Kind;
  readonly verdict: Ending;
  /** Empty where it is unfinished. */
  readonly findings: readonly Found[];
  /** Comparisons drawn from the pairs of a page with itself, and how many of those said that it regressed. */
  readonly resampled?: Pick<Resampled, 'comparisons' | 'slower'> | null;
}

type Found = Pick<ComparedMetric, 'metric' | 'finding' | 'judgedPairs' | 'ratio'>;

const lineSchema: v.GenericSchema<unknown, CampaignLine> = v.object({
  name: v.picklist(KINDS),
  verdict: v.picklist(ENDINGS),
  findings: v.array(
    v.object({
      metric: metricNameSchema,
      finding: v.picklist(['regressed', 'no-regression', 'improved', 'inconclusive']),
      judgedPairs: v.number(),
      ratio: v.union([
        v.object({ estimate: v.number(), low: v.number(), high: v.number(), confidence: v.number() }),
        v.object({ unavailable: v.literal('too-few-pairs') }),
      ]),
    }),
  ),
  resampled: v.exactOptional(v.nullable(v.object({ comparisons: v.number(), slower: v.number() }))),
});

/** What an earlier, interrupted run of a campaign has left. Nothing where there is no such file. */
export async function readCampaign(file: string): Promise<readonly CampaignLine[]> {
  if (!existsSync(file)) return [];
  return (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(lineSchema, JSON.parse(line)));
}

export const keepLine = (file: string, line: object): Promise<void> =>
  appendFile(file, `${JSON.stringify(line)}\n`);

/** What is left to be recorded: the kinds by turns, so that whenever it ends there are as many of each. */
export function leftToRecord(
  wanted: Readonly<Record<Kind, number>>,
  lines: readonly CampaignLine[],
): readonly Kind[] {
  const missing = (kind: Kind): number =>
    wanted[kind] - lines.filter(({ name, verdict }) => name === kind && verdict !== 'unfinished').length;
  const most = Math.max(0, ...KINDS.map(missing));
  return Array.from({ length: most }, (_, turn) => KINDS.filter((kind) => missing(kind) > turn)).flat();
}

/** How often each kind ended in which way, a line each, and how often what was resampled gave a false alarm. All that was begun is counted. */
export function campaignText(lines: readonly CampaignLine[]): string {
  const kinds = KINDS.map((kind) => {
    const own = lines.filter(({ name }) => name === kind);
    const of = (verdict: Ending): string =>
      `${String(own.filter((line) => line.verdict === verdict).length)} ${verdict}`;
    return `${kind}: ${String(own.length)} comparisons, ${ENDINGS.map(of).join(', ')}`;
  });
  const drawn = lines.map(({ resampled }) => resampled ?? { comparisons: 0, slower: 0 });
  const resampled = `resampled: ${sum(drawn.map(({ slower }) => slower))} false alarms in ${sum(drawn.map(({ comparisons }) => comparisons))} comparisons drawn from the pairs of “same”`;
  return [...kinds, resampled].join('\n');
}

const sum = (values: readonly number[]): string => String(values.reduce((total, value) => total + value, 0));

/** Rows for the table of docs/statistics.md: what was said of what is judged, each kind in order of time. */
export const campaignRows = (lines: readonly CampaignLine[]): string =>
  KINDS.flatMap((kind) =>
    lines
      .filter(({ name }) => name === kind)
      .flatMap(({ findings }) => {
        const judged = findings.filter(({ metric }) => metric !== 'interactionCpuMs');
        if (judged.length === 0) return [`| ${kind} | unfinished | | |`];
        return judged.map((found) =>
          rowOf(judged.length > 1 ? `${kind}, ${METRIC_LABELS[found.metric].label}` : kind, found),
        );
      }),
  ).join('\n');

const SAID: Readonly<Record<Finding, string>> = {
  regressed: 'regressed',
  'no-regression': 'did not regress',
  improved: 'improved',
  inconclusive: 'inconclusive',
};

function rowOf(name: string, { finding, judgedPairs, ratio }: Found): string {
  const changed = isUnavailable(ratio)
    ? ratio.unavailable
    : `${percent(ratio.estimate)} (${percent(ratio.low)} to ${percent(ratio.high)})`;
  return `| ${name} | ${SAID[finding]} | ${String(judgedPairs)} | ${changed} |`;
}

const percent = (ratio: number): string => `${ratio < 1 ? '' : '+'}${(100 * (ratio - 1)).toFixed(1)} %`;
