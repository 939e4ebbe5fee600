import { lastWhere } from '../../base/last-where.ts';
import { listUnder } from '../../base/list-under.ts';
import { micro, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import { argPath } from '../../trace/arg-paths.ts';
import { frameKey } from '../page/frame-key.ts';
import { IS_INVOCATION, nameNumber } from '../threads/event-names.ts';
import type { Handler } from '../handler.ts';
import { dataStackTop, type SourcePosition } from '../source-position.ts';
import type { EventsOfThread, ThreadEvents } from '../threads/thread-events.ts';
import type { Thread } from '../threads/thread.ts';

/** Style or layout that a script made the browser do at once, instead of once before the next frame. */
export interface ForcedReflow extends Thread {
  readonly kind: 'style' | 'layout';
  readonly start: TraceTime;
  readonly duration: Micro;
  /** Inside another forced reflow, whose duration covers it. */
  readonly isInner: boolean;
  /** When the JavaScript around it began. Undefined where there is no such event: then it carries a stack. */
  readonly scriptStart: TraceTime | undefined;
  /** The line that asked for it. */
  readonly forcedBy: SourcePosition | undefined;
  /** The line that had made style or layout out of date. */
  readonly dirtiedBy: SourcePosition | undefined;
}

/** A change that makes style or layout out of date. */
interface Invalidation {
  readonly ts: TraceTime;
  readonly by: SourcePosition;
}

/** Style or layout of one frame, forced or not. */
interface Work {
  readonly name: number;
  readonly start: number;
  readonly end: number;
}

const INVALIDATIONS: readonly string[] = [
  'InvalidateLayout',
  'ScheduleStyleRecalculation',
  'ScheduleStyleInvalidationTracking',
  'StyleInvalidatorInvalidationTracking',
  'StyleRecalcInvalidationTracking',
  'LayoutInvalidationTracking',
];
const FRAME = argPath('data.frame');
const LAYOUT = nameNumber('Layout');
const STYLE = nameNumber('UpdateLayoutTree');

/**
 * Finds forced reflows thread by thread, in order of time. DevTools' own count mixes all threads of all processes and
 * relies on the order in the file. https://web.dev/articles/avoid-large-complex-layouts-and-layout-thrashing
 */
export function forcedReflows(): Handler<readonly ForcedReflow[], [ThreadEvents]> {
  /** Of those with a stack, by process and frame. */
  const invalidations = new Map<string, Invalidation[]>();
  return {
    watches: INVALIDATIONS,
    handle(row) {
      const by = dataStackTop(row);
      if (by === undefined) return;
      const key = frameKey(row.pid, row.argText(FRAME) ?? '');
      listUnder(invalidations, key).push({ ts: row.ts, by });
    },
    finish(threads) {
      for (const own of invalidations.values()) own.sort((a, b) => a.ts - b.ts);
      return [...threads.values()]
        .flatMap((events) => reflowsOf(events, invalidations))
        .toSorted((a, b) => a.start - b.start || a.pid - b.pid || a.tid - b.tid);
    },
  };
}

function reflowsOf(
  events: EventsOfThread,
  invalidations: ReadonlyMap<string, readonly Invalidation[]>,
): readonly ForcedReflow[] {
  const { pid, tid, starts, ends, durations, names, parents, details } = events;
  if (!names.includes(LAYOUT) && !names.includes(STYLE)) return [];
  const reflows: ForcedReflow[] = [];
  /** By event: when the innermost JavaScript event around it began, else `NaN`. Filled from the outside inwards. */
  const scriptStarts = new Float64Array(names.length);
  /** By event: 1 for a forced reflow and for what is inside one. */
  const inReflow = new Uint8Array(names.length);
  /** By frame: the style and layout so far. */
  const done = new Map<string, Work[]>();
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? 0;
    const parent = parents[index] ?? -1;
    const isInScript = IS_INVOCATION[names[parent] ?? -1] === true;
    const scriptStart = (isInScript ? starts : scriptStarts)[parent] ?? Number.NaN;
    const isInner = inReflow[parent] === 1;
    scriptStarts[index] = scriptStart;
    inReflow[index] = isInner ? 1 : 0;
    if (name !== LAYOUT && name !== STYLE) continue;
    const frame = frameKey(pid, details[index]?.frame ?? '');
    const earlier = listUnder(done, frame);
    const start = starts[index] ?? 0;
    const forcedBy = details[index]?.position;
    const isNested = !Number.isNaN(scriptStart);
    if (isNested || forcedBy !== undefined) {
      inReflow[index] = 1;
      reflows.push({
        pid,
        tid,
        isInner,
        forcedBy,
        scriptStart: isNested ? traceTime(scriptStart) : undefined,
        kind: name === LAYOUT ? 'layout' : 'style',
        start: traceTime(start),
        duration: micro(durations[index] ?? 0),
        dirtiedBy: dirtiedBefore({ start, name }, invalidations.get(frame) ?? [], earlier),
      });
    }
    earlier.push({ name, start, end: ends[index] ?? start });
  }
  return reflows;
}

/**
 * The last change of the frame before the work, and after the work of that kind that brought it up to date before. What
 * style makes out of date in layout while it runs is the doing of whoever made style out of date.
 */
function dirtiedBefore(
  { start, name }: Pick<Work, 'start' | 'name'>,
  invalidations: readonly Invalidation[],
  done: readonly Work[],
): SourcePosition | undefined {
  const upToDate = done.findLast((work) => work.name === name)?.start ?? Number.NEGATIVE_INFINITY;
  const last = lastWhere(invalidations.length, (index) => (invalidations[index]?.ts ?? Infinity) <= start);
  for (let index = last; index >= 0; index--) {
    const invalidation = invalidations[index];
    if (invalidation === undefined || invalidation.ts < upToDate) return undefined;
    const { ts } = invalidation;
    const running = done.findLast((work) => work.start <= ts);
    if (running === undefined || running.end <= ts) return invalidation.by;
  }
  return undefined;
}
