import { type Unavailable, unavailable } from '../../base/measure.ts';
import { between, toMs, type TraceTime } from '../../base/units.ts';
import { cpuTime, type InteractionCpuTime, type PhaseCpuTime } from '../../insights/cpu-time.ts';
import type { TimeSpent } from '../../insights/time-spent.ts';
import type { CallFrame } from '../../timeline/cpu/call-tree.ts';
import type { Facts } from '../../timeline/facts.ts';
import { duration } from '../../timeline/input/interactions.ts';
import type { SourcePosition } from '../../timeline/source-position.ts';
import type {
  ActivityTime,
  CpuProfile,
  FunctionTime,
  InteractionCpu,
  PhaseCpu,
  Times,
} from '../cpu-result.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import { MOST_LISTED } from './describe-rendering.ts';
import { shortName } from './short-name.ts';

/** How many functions are listed for each part of an interaction. */
const MOST_IN_PHASE = 5;

export function describeCpuProfile(facts: Facts): CpuProfile | Unavailable<'not-recorded'> {
  const time = cpuTime(facts);
  if (time === undefined) return unavailable('not-recorded');
  const functions = time.frames.filter(({ group, self }) => group.kind === 'function' && self > 0);
  return {
    totalMs: toMs(time.total),
    sampleCount: time.sampleCount,
    functionCount: functions.length,
    ...describeTimes(time.frames, MOST_LISTED),
    urlCount: time.urls.length,
    urls: time.urls
      .slice(0, MOST_LISTED)
      .map((spent) => ({ url: redactUrl(spent.group), ...timesOf(spent) })),
    interactions: time.interactions
      .toSorted((a, b) => duration(b.interaction) - duration(a.interaction))
      .slice(0, MOST_LISTED)
      .map((interaction) => describeInteractionCpu(interaction, facts.start)),
  };
}

function describeInteractionCpu(cpu: InteractionCpuTime, origin: TraceTime): InteractionCpu {
  const { interactionId, start } = cpu.interaction;
  return {
    interactionId,
    startMs: toMs(between(origin, start)),
    inputDelay: describePhase(cpu.inputDelay),
    processing: describePhase(cpu.processing),
    presentation: describePhase(cpu.presentation),
  };
}

const describePhase = ({ busy, frames }: PhaseCpuTime): PhaseCpu => ({
  busyMs: toMs(busy),
  ...describeTimes(frames, MOST_IN_PHASE),
});

function describeTimes(
  frames: readonly TimeSpent<CallFrame>[],
  most: number,
): { readonly functions: readonly FunctionTime[]; readonly activities: readonly ActivityTime[] } {
  // An address and a name are cleaned for those that are listed: thousands are not.
  const functions = frames.filter(({ group, self }) => group.kind === 'function' && self > 0).slice(0, most);
  const activities = frames.filter(({ group, self }) => group.kind === 'activity' && self > 0).slice(0, most);
  return {
    functions: functions.flatMap(({ group, ...spent }) =>
      group.kind === 'function' ? describeFunction(group.position, spent) : [],
    ),
    activities: activities.flatMap(({ group, ...spent }) =>
      group.kind === 'activity' ? { name: group.name, ...timesOf(spent) } : [],
    ),
  };
}

type Spent = Omit<TimeSpent<unknown>, 'group'>;

const describeFunction = (
  { functionName, url, line, column }: SourcePosition,
  spent: Spent,
): FunctionTime => ({
  functionName: shortName(functionName),
  url: redactUrl(url),
  line: line ?? unavailable('native'),
  column: column ?? unavailable('native'),
  ...timesOf(spent),
});

const timesOf = ({ self, total }: Spent): Times => ({ selfMs: toMs(self), totalMs: toMs(total) });
