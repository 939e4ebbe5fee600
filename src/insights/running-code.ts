import { lastWhere } from '../base/last-where.ts';
import type { TraceTime } from '../base/units.ts';
import type { AnimationFrame } from '../timeline/rendering/animation-frames.ts';
import type { CpuProfile } from '../timeline/cpu/cpu-profile.ts';
import type { Facts } from '../timeline/facts.ts';
import type { SourcePosition } from '../timeline/source-position.ts';
import type { EventsOfThread } from '../timeline/threads/thread-events.ts';
import { type Thread, threadKey } from '../timeline/threads/thread.ts';
import type { OfThread } from './by-thread.ts';

/** Where to look for what ran. */
interface Given {
  readonly facts: Pick<Facts, 'threadEvents' | 'cpuProfiles'>;
  readonly framesOf: OfThread<AnimationFrame>;
}

/** Something that ran, and for how long. */
interface Ran {
  readonly position: SourcePosition;
  readonly length: number;
}

/**
 * What ran longest on a thread between two moments, the most telling first: the function that the processor was seen in most,
 * if it was sampled, and what the browser called.
 */
export function runningCode(
  thread: Thread,
  { start, end }: { readonly start: TraceTime; readonly end: TraceTime },
  { facts: { threadEvents, cpuProfiles }, framesOf }: Given,
): readonly SourcePosition[] {
  const key = threadKey(thread);
  const profile = cpuProfiles.get(key);
  const hottest = profile && mostSampled(profile, start, end);
  const called = longestCall(threadEvents.get(key), start, end);
  const script = longestScript(framesOf(thread), { start, end });
  // Chrome writes no call for what goes on after a promise, but a frame's script names what went on.
  const entered = (called?.length ?? 0) >= (script?.length ?? 0) / 2 ? called : script;
  return [hottest, entered?.position].filter((position) => position !== undefined);
}

/** Functions of the page alone: native ones have no address. */
function mostSampled(
  { times, samples, functionOf, functions }: CpuProfile,
  start: TraceTime,
  end: TraceTime,
): SourcePosition | undefined {
  const counts = new Map<number, number>();
  const first = lastWhere(times.length, (index) => (times[index] ?? Infinity) < start) + 1;
  for (let index = first; index < times.length && (times[index] ?? Infinity) < end; index++) {
    const own = functionOf[samples[index] ?? -1] ?? -1;
    if ((functions[own]?.url ?? '') !== '') counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most === undefined ? undefined : functions[most[0]];
}

function longestCall(events: EventsOfThread | undefined, start: TraceTime, end: TraceTime): Ran | undefined {
  if (events === undefined) return undefined;
  const { starts, ends, parents, details } = events;
  // What began before the stretch may run into it: the outermost event around its first moment begins earliest.
  let first = Math.max(
    0,
    lastWhere(starts.length, (index) => (starts[index] ?? Infinity) <= start),
  );
  for (let parent = parents[first] ?? -1; parent !== -1; parent = parents[first] ?? -1) first = parent;
  let longest: Ran | undefined;
  for (let index = first; index < starts.length && (starts[index] ?? Infinity) < end; index++) {
    const detail = details[index];
    // A layout has a frame, and its position is whoever forced it.
    if (detail?.position === undefined || detail.frame !== '') continue;
    const length = overlap(starts[index] ?? 0, ends[index] ?? 0, { start, end });
    if (length > (longest?.length ?? 0)) longest = { position: detail.position, length };
  }
  return longest;
}

/** Chrome says where such a script begins in characters, not in lines. */
function longestScript(
  frames: readonly AnimationFrame[],
  stretch: { readonly start: TraceTime; readonly end: TraceTime },
): Ran | undefined {
  const first = lastWhere(frames.length, (index) => (frames[index]?.start ?? Infinity) <= stretch.start);
  let longest: Ran | undefined;
  for (let index = Math.max(0, first); index < frames.length; index++) {
    const frame = frames[index];
    if (frame === undefined || frame.start >= stretch.end) break;
    for (const { start, end, sourceUrl: url, sourceFunctionName: functionName } of frame.scripts) {
      const length = overlap(start, end, stretch);
      if (url === '' || length <= (longest?.length ?? 0)) continue;
      longest = { position: { url, functionName, line: undefined, column: undefined }, length };
    }
  }
  return longest;
}

const overlap = (
  from: number,
  to: number,
  { start, end }: { readonly start: TraceTime; readonly end: TraceTime },
): number => Math.min(to, end) - Math.max(from, start);
