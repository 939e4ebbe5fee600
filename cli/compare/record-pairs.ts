import { join } from 'node:path';
import type { Scenario } from '../../src/capture/scenario/scenario.ts';
import type { Settings } from '../../src/capture/settings/settings.ts';
import {
  authoredSession,
  type Comparison,
  compareVariants,
  type CompareSettings,
  failsOnOneSide,
  InpactError,
  isSettled,
  METRIC_IDS,
  metricNamed,
  plannedPairs,
  type Session,
  type SourceMap,
  type Variant,
} from '../../src/index.ts';
import { shown } from '../describe-recording.ts';
import type { Io } from '../io.ts';
import { type RecordOrder, recordSession } from '../record-session.ts';
import { type Resumed, withResumed } from '../resume.ts';
import { saveSessionReport } from '../save-report.ts';
import { openComparison, saveComparison } from '../session-folder.ts';
import { sourceMapsIn } from '../source-maps-at.ts';

/** Where the two versions are served. */
export interface Addresses {
  readonly base: string;
  readonly changed: string;
  /** Which versions these are, where that does not lie in the address: a checkout gets another port each time. */
  readonly versions?: Versions;
}

interface Versions {
  readonly base: string;
  readonly changed: string;
}

export interface PairsOrder {
  readonly addresses: Addresses;
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly compare: CompareSettings;
  /** A folder of source maps, for the names of what changed. */
  readonly sourceMaps?: string | undefined;
  /** The folder of a comparison that was interrupted. */
  readonly resume?: string;
  /** The window that the scenario was made for, where the settings name none. */
  readonly size?: string;
  /** Runs in the changed version's documents before the page's own scripts. */
  readonly injected?: string;
  /** Whether to end with the verdict, as a comparison does, or to record all pairs. */
  readonly endsWithVerdict?: boolean;
  /** What the server keeps of itself, where both versions have one. */
  readonly server?: RecordOrder['server'];
}

export interface RecordedPairs {
  readonly comparison: Comparison;
  readonly session: Session;
  readonly folder: string;
}

const BASE = 'base';
const CHANGED = 'changed';

/** Records pairs of loads until they tell, or there are as many as there may be. */
export async function recordPairs(order: PairsOrder, io: Io): Promise<RecordedPairs> {
  const { resume: folder, scenario, settings } = order;
  refuseNoInteraction(scenario);
  // First: that there is no such folder is to be heard before minutes of recording.
  const maps = await sourceMapsIn(order.sourceMaps);
  const mapped = { ...order, maps };
  if (folder === undefined) return recordMapped(mapped, io);
  return withResumed({ folder, wanted: order, settings }, io, (left) => recordMapped(mapped, io, left));
}

interface MappedOrder extends PairsOrder {
  readonly maps: readonly SourceMap[];
}

async function recordMapped(order: MappedOrder, io: Io, left?: Resumed): Promise<RecordedPairs> {
  const { addresses, settings, compare, maps, endsWithVerdict = true } = order;
  const compared = (session: Session): Comparison => compareVariants(session, BASE, CHANGED, compare);
  // Saved after every load, so that one that goes on with it knows what was asked.
  const isEnough = async (session: Session, folder: string): Promise<boolean> => {
    const comparison = compared(session);
    await saveComparison(folder, comparison);
    return endsWithVerdict && (isSettled(comparison) || (settings.failFast && failsOnOneSide(comparison)));
  };
  const runs = endsWithVerdict ? plannedPairs(compare) : compare.maxPairs;
  const variants = variantsOf(addresses);
  if (left !== undefined) {
    refuseOther(left.session, runs, variants);
    refuseOtherQuestion(await openComparison(left.folder), compare);
  }
  const { folder, session } =
    left !== undefined && (await isEnough(left.session, left.folder))
      ? left
      : await recordSession(
          {
            ...partsOf(order),
            variants,
            judges: [],
            ...(left === undefined ? {} : { earlier: left.session }),
            isEnough,
          },
          { ...(left?.settings ?? settings), runs },
          io,
        );
  const authored = authoredSession(session, maps);
  const comparison = compared(authored);
  if (endsWithVerdict && !settings.quiet) io.stderr(endedEarly(session, comparison));
  await saveSessionReport(
    join(folder, 'report.html'),
    { session: authored, folder, comparison, sourceMaps: maps },
    settings.maxReportSize,
  );
  return { folder, session, comparison };
}

/** Why a recording that was to take minutes more is over. Empty where it ran to its end. */
function endedEarly({ loads, plan }: Session, comparison: Comparison): string {
  const { verdict, metrics, failures } = comparison;
  const planned = 2 * (plan.runs + plan.warmUps);
  if (loads.length >= planned) return '';
  if (failsOnOneSide(comparison))
    return `${failures.sentence}: the ${String(planned - loads.length)} loads that are left are not tried; --no-fail-fast tries them.\n`;
  if (verdict === 'inconclusive') return '';
  const judged = Math.max(0, ...metrics.map(({ judgedPairs }) => judgedPairs));
  return `It is certain after ${String(judged)} pairs: the ${String(planned - loads.length)} loads that are left need not be recorded.\n`;
}

function partsOf({
  scenario,
  injected,
  server,
  size,
}: PairsOrder): Pick<RecordOrder, 'scenario' | 'injected' | 'server' | 'size'> {
  return {
    scenario,
    ...(injected === undefined ? {} : { injected: new Map([[CHANGED, injected]]) }),
    ...(server === undefined ? {} : { server }),
    ...(size === undefined ? {} : { size }),
  };
}

function variantsOf({ base, changed, versions = { base, changed } }: Addresses): readonly Variant[] {
  return [
    { name: BASE, description: versions.base, url: base },
    { name: CHANGED, description: versions.changed, url: changed },
  ];
}

/** It would be found out after the first pair that there is nothing to compare. */
function refuseNoInteraction({ name, steps }: Scenario): void {
  if (steps.some(({ expects }) => expects !== 'nothing')) return;
  throw new InpactError('bad-usage', `No step of the scenario ${name} expects an interaction to compare`, {
    hint: "Give a step expects: 'interaction' or 'paint'.",
  });
}

/** What was seen must not choose what comes: neither the plan nor what is compared may be another. */
function refuseOther(session: Session, runs: number, variants: readonly Variant[]): void {
  const recorded = session.variants.map(({ description }) => description);
  const asked = variants.map(shown).map(({ description }) => description);
  if (session.plan.runs === runs && recorded.join('\n') === asked.join('\n')) return;
  throw new InpactError('bad-usage', 'The comparison to be resumed was planned otherwise', {
    hint: `It is of ${recorded.join(' and ')}. Give these, and the same --max-pairs or --thorough.`,
  });
}

/** Nor may what decides: whoever may still choose the metric, or what is no harm, has as many chances to be wrong as there are choices. */
function refuseOtherQuestion(
  asked: Comparison | undefined,
  { metrics, marginPercent }: CompareSettings,
): void {
  if (asked === undefined) return;
  const { wanted, marginPercent: margin } = asked.design;
  const areSame = wanted.length === metrics.length && wanted.every((name) => metrics.includes(name));
  if (areSame && margin === marginPercent) return;
  const ids = METRIC_IDS.filter((id) => wanted.some((name) => name === metricNamed(id)));
  throw new InpactError('bad-usage', 'The comparison to be resumed was asked otherwise', {
    hint: `Give --metrics ${ids.join(',')} --margin ${String(margin)} as before, or record anew.`,
  });
}
