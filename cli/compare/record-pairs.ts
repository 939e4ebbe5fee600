import { join } from 'node:path';
import type { Scenario } from '../../src/capture/scenario.ts';
import type { Settings } from '../../src/capture/settings.ts';
import {
  type Comparison,
  compareVariants,
  type CompareSettings,
  InpactError,
  isSettled,
  type Session,
} from '../../src/index.ts';
import type { Io } from '../io.ts';
import { type RecordOrder, recordSession } from '../record.ts';
import { saveSessionReport } from '../save-report.ts';
import { withAuthorsNames } from './authors-names.ts';
import { openSession } from '../session-folder.ts';

/** Where the two versions are served. */
export interface Addresses {
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
  const { addresses, settings, compare, resume, endsWithVerdict = true } = order;
  const compared = (session: Session): Comparison => compareVariants(session, BASE, CHANGED, compare);
  const runs = endsWithVerdict ? plannedPairs(compare) : compare.maxPairs;
  const earlier = resume === undefined ? undefined : (await openSession(resume)).session;
  if (earlier !== undefined) refuseOther(earlier, runs, addresses);
  const { folder, session } = await recordSession(
    {
      ...partsOf(order),
      variants: [
        { name: BASE, description: addresses.base, url: addresses.base },
        { name: CHANGED, description: addresses.changed, url: addresses.changed },
      ],
      judges: [],
      ...(earlier === undefined ? {} : { earlier: earlier.loads }),
      isEnough: (recorded) => endsWithVerdict && isSettled(compared(recorded)),
    },
    { ...settings, ...planned(earlier), runs, ...(resume === undefined ? {} : { output: resume }) },
    io,
  );
  const comparison = compared(await withAuthorsNames(session, order.sourceMaps));
  await saveSessionReport(
    join(folder, 'report.html'),
    { session, folder, comparison },
    settings.maxReportSize,
  );
  return { folder, session, comparison };
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

/** The same plan and the same seed as before: what was seen must not choose what comes. */
function planned(earlier: Session | undefined): Partial<Pick<Settings, 'seed' | 'warmUps' | 'repetitions'>> {
  if (earlier === undefined) return {};
  const { seed, warmUps, repetitions } = earlier.plan;
  return { seed, warmUps, repetitions };
}

/** A failed load voids its pair: a quarter more may be recorded for those. */
const plannedPairs = ({ maxPairs }: CompareSettings): number => maxPairs + Math.ceil(maxPairs / 4);

function refuseOther({ variants, plan }: Session, runs: number, { base, changed }: Addresses): void {
  const urls = variants.map(({ url }) => url);
  if (plan.runs === runs && urls[0] === base && urls[1] === changed) return;
  throw new InpactError('bad-usage', 'The comparison to be resumed was planned otherwise', {
    hint: `Give the addresses ${urls.join(' and ')}, and the same --max-pairs or --thorough.`,
  });
}
