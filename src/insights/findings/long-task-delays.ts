import { between, later, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import { isLong } from '../../metrics/blocking.ts';
import type { Thread } from '../../timeline/threads/thread.ts';
import { runningCode } from '../running-code.ts';
import type { CodePlace, Examined } from './finding.ts';
import { pageCode } from './page-code.ts';
import { ONE_FRAME } from './thresholds.ts';

/** A long task that was in the way of something that waited for the main thread. */
export interface LongTaskDelay {
  readonly start: TraceTime;
  readonly end: TraceTime;
  readonly delay: Micro;
  /** Of the whole task. */
  readonly duration: Micro;
  readonly code: readonly CodePlace[];
}

/** The long tasks in a stretch of waiting: each as far as it lies in it, from one frame on. */
export function longTaskDelays(
  thread: Thread,
  wait: { readonly start: TraceTime; readonly end: TraceTime },
  given: Examined,
): readonly LongTaskDelay[] {
  const delays: LongTaskDelay[] = [];
  given.facts.tasks.visitWithin(thread, wait.start, wait.end, (from, duration) => {
    const start = traceTime(Math.max(from, wait.start));
    const end = traceTime(Math.min(later(from, duration), wait.end));
    const delay = between(start, end);
    if (!isLong(duration) || delay < ONE_FRAME) return;
    const code = pageCode(runningCode(thread, { start, end }, given));
    delays.push({ start, end, delay, duration, code });
  });
  return delays;
}
