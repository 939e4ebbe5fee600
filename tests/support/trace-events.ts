/** One event as a trace holds it. Builders make it from milliseconds; `ts` and `dur` are microseconds, as Chrome's. */
export type TraceEvent = Readonly<Record<string, unknown>>;

/** What stands at 0 ms on Chrome's clock, in µs: the machine was started some time before. */
export const ORIGIN_US = 1_000_000_000;

/** The page's renderer and main frame. */
export const PAGE = { pid: 10, tid: 1, frame: 'MAIN' } as const;

/** A point in the test's time, as Chrome's timestamp. */
export const clock = (ms: number): number => ORIGIN_US + length(ms);

/** A length in µs, whole: Chrome writes no fractions. */
export const length = (ms: number): number => Math.round(ms * 1000);

export const threadName = (pid: number, tid: number, name: string): TraceEvent => ({
  name: 'thread_name',
  cat: '__metadata',
  ph: 'M',
  ts: 0,
  pid,
  tid,
  args: { name },
});

/** What tells which thread is the page's: without it no task is anybody's. */
export const mainThread: readonly TraceEvent[] = [
  {
    ...instant('TracingStartedInBrowser', 0, { pid: 1, tid: 1 }),
    args: {
      data: {
        frames: [
          {
            frame: PAGE.frame,
            url: 'https://page.test/',
            processId: PAGE.pid,
            isOutermostMainFrame: true,
            isInPrimaryMainFrame: true,
          },
        ],
      },
    },
  },
  threadName(PAGE.pid, PAGE.tid, 'CrRendererMain'),
];

/** A task of the page's main thread. */
export const task = (startMs: number, durationMs: number, change: TraceEvent = {}): TraceEvent => ({
  name: 'RunTask',
  cat: 'disabled-by-default-devtools.timeline',
  ph: 'X',
  ts: clock(startMs),
  dur: length(durationMs),
  pid: PAGE.pid,
  tid: PAGE.tid,
  args: {},
  ...change,
});

/** An event without a duration. */
export function instant(name: string, ms: number, change: TraceEvent = {}): TraceEvent {
  return { name, cat: 'devtools.timeline', ph: 'I', ts: clock(ms), pid: PAGE.pid, tid: PAGE.tid, ...change };
}

/** The edges of a scenario's step, as the capture marks them. */
export const step = (index: number, fromMs: number, toMs: number): readonly TraceEvent[] => [
  stepEdge(index, 'begin', fromMs),
  stepEdge(index, 'end', toMs),
];

export const stepEdge = (index: number, edge: string, ms: number): TraceEvent => ({
  ...instant('clock_sync', ms, { ph: 'c', cat: '__metadata' }),
  args: { sync_id: `inpact:step:${String(index)}:${edge}` },
});

/** A stretch in which the server's loop was blocked, as the server itself writes it. */
export const loopBlocked = (startMs: number, durationMs: number, by: string): TraceEvent => ({
  ...task(startMs, durationMs, { name: 'inpact.loopBlocked', cat: 'inpact', pid: 99 }),
  args: { by },
});
