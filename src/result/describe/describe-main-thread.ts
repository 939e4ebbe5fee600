import { type Unavailable, unavailable } from '../../base/measure.ts';
import { between, later, toMs, type TraceTime } from '../../base/units.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { MainThreadSpan } from '../causes-result.ts';
import type { MainThread } from '../trace-result.ts';

export function describeMainThread(facts: Facts): MainThread | Unavailable<'no-renderer-main-thread'> {
  const { mainFrame } = facts;
  if (mainFrame === undefined) return unavailable('no-renderer-main-thread');
  const { threads, how } = mainFrame;
  const { pid, tid } = threads.at(-1) ?? threads[0];
  const processes = threads.map((thread) => thread.pid);
  const taskCount = threads.reduce((sum, thread) => sum + facts.tasks.outermostCount(thread), 0);
  return { pid, tid, how, processes, taskCount, spans: describeSpans(facts) };
}

function describeSpans({ mainFrame, start, span }: Facts): readonly MainThreadSpan[] {
  const end = later(start, span);
  const within = (time: TraceTime): number => toMs(between(start, time < start ? start : time));
  return (mainFrame?.spans ?? []).map(({ pid, tid, from = start, to = end }) => ({
    pid,
    tid,
    fromMs: within(from),
    toMs: within(to),
  }));
}
