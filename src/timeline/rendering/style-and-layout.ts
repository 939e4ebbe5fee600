import { micro, type Micro } from '../../base/units.ts';
import { type EventName, nameNumber } from '../threads/event-names.ts';
import type { EventsOfThread } from '../threads/thread-events.ts';

/** One kind of rendering work, summed up. */
export interface WorkTotal {
  readonly count: number;
  /** Work inside other work of the same kind is counted once. */
  readonly total: Micro;
  readonly longest: Micro;
}

export type RenderingWork = 'UpdateLayoutTree' | 'Layout' | 'PrePaint' | 'Paint';

/** What the threads spent on one kind of rendering work. */
export function workOf(kind: RenderingWork & EventName, threads: readonly EventsOfThread[]): WorkTotal {
  const number = nameNumber(kind);
  let count = 0;
  let total = 0;
  let longest = 0;
  for (const { names, durations, parents } of threads) {
    /** By event: 1 inside work of that kind. Filled from the outside inwards. */
    const isInner = new Uint8Array(names.length);
    for (let index = 0; index < names.length; index++) {
      const parent = parents[index] ?? -1;
      if (names[parent] === number || isInner[parent] === 1) isInner[index] = 1;
      if (names[index] !== number) continue;
      const duration = durations[index] ?? 0;
      count++;
      longest = Math.max(longest, duration);
      if (isInner[index] !== 1) total += duration;
    }
  }
  return { count, total: micro(total), longest: micro(longest) };
}
