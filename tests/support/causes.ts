import type { CallbackKind } from '../../src/timeline/callbacks/callback-kinds.ts';
import { interaction, type TimedEvent } from './interactions.ts';
import { clock, instant, length, PAGE, threadName, type TraceEvent } from './trace-events.ts';

/** One frame, as the browser names it. */
export interface TestFrame {
  readonly frame: string;
  /** Absent: a main frame. */
  readonly parent?: string;
  readonly pid: number;
  readonly url?: string;
  readonly isPrerendered?: boolean;
  /** The root of what a fenced frame shows. */
  readonly isFenced?: boolean;
}

const frameData = (test: TestFrame): TraceEvent => {
  const {
    frame,
    parent,
    pid,
    url = `https://${frame}.test/`,
    isPrerendered = false,
    isFenced = false,
  } = test;
  const isMain = parent === undefined && !isFenced;
  return {
    frame,
    url,
    processId: pid,
    isOutermostMainFrame: isMain,
    isInPrimaryMainFrame: isMain && !isPrerendered,
    ...(parent === undefined ? {} : { parent }),
  };
};

/** Tracing begins with these frames in the page, whose renderers have main threads. */
export const started = (...frames: readonly TestFrame[]): readonly TraceEvent[] => [
  instant('TracingStartedInBrowser', 0, {
    pid: 1,
    tid: 1,
    args: { data: { frames: frames.map(frameData) } },
  }),
  ...frames.map(({ pid }) => threadName(pid, PAGE.tid, 'CrRendererMain')),
];

/** The browser puts a new document into a frame. */
export const commit = (ms: number, frame: TestFrame): TraceEvent =>
  instant('FrameCommittedInBrowser', ms, { pid: 1, tid: 1, args: { data: frameData(frame) } });

/** The renderer does the same. It knows no parent of another process. */
export const commitLoad = (ms: number, { frame, parent, pid, url = '' }: TestFrame): TraceEvent =>
  instant('CommitLoad', ms, {
    ph: 'X',
    dur: 10,
    pid,
    args: { data: { frame, url, ...(parent === undefined ? {} : { parent }) } },
  });

export interface TestNavigation {
  readonly id: string;
  /** Empty for the document that every frame begins with. */
  readonly url: string;
  readonly frame?: string;
  readonly pid?: number;
}

export const navigationStart = (
  ms: number,
  { id, url, frame = PAGE.frame, pid = PAGE.pid }: TestNavigation,
): TraceEvent =>
  instant('navigationStart', ms, {
    ph: 'R',
    pid,
    cat: 'blink.user_timing',
    args: { frame, data: { documentLoaderURL: url, navigationId: id, isLoadingMainFrame: true } },
  });

/** A click whose handlers run from `start` + 1 for so long, in whole milliseconds and one microsecond. */
export const clickAt = (start: number, change: Partial<TimedEvent> = {}): readonly TraceEvent[] =>
  interaction({
    interactionId: start,
    type: 'click',
    start,
    asyncId: `click-${String(start)}`,
    processing: [start + 1.001, start + 5],
    end: start + 16,
    ...change,
  });

/** A place in the page's code, as Chrome writes it. */
export const stackTop = (functionName: string, line = 3, column = 7): TraceEvent => ({
  functionName,
  url: 'https://page.test/app.js',
  lineNumber: line,
  columnNumber: column,
  scriptId: '4',
});

export interface ScriptRequest {
  readonly url?: string;
  readonly method?: string;
  readonly resourceType?: string;
  /** Undefined: as old Chrome wrote it. */
  readonly fetchType?: string | undefined;
  readonly pid?: number;
  readonly tid?: number;
  /** Empty where no code ran. */
  readonly stack?: readonly TraceEvent[];
}

/** A request that code sends. */
export function scriptRequest(ms: number, requestId: string, change: ScriptRequest = {}): TraceEvent {
  const { url = `https://api.test/${requestId}`, stack = [stackTop('load')] } = change;
  const { pid = PAGE.pid, tid = PAGE.tid, method = 'GET', resourceType = 'Fetch' } = change;
  const { fetchType } = { fetchType: 'fetch', ...change };
  return instant('ResourceSendRequest', ms, {
    pid,
    tid,
    args: {
      data: {
        requestId,
        url,
        requestMethod: method,
        priority: 'High',
        resourceType,
        initiator: { type: 'script', fetchType },
        stackTrace: stack,
      },
    },
  });
}

interface Names {
  readonly request: string;
  readonly run: string;
  readonly id: string;
}

export type NamedCallback = Extract<
  CallbackKind,
  'timer' | 'animation-frame' | 'idle-callback' | 'message' | 'posted-task'
>;

const NAMES: Readonly<Record<NamedCallback, Names>> = {
  timer: { request: 'TimerInstall', run: 'TimerFire', id: 'timerId' },
  'animation-frame': { request: 'RequestAnimationFrame', run: 'FireAnimationFrame', id: 'id' },
  'idle-callback': { request: 'RequestIdleCallback', run: 'FireIdleCallback', id: 'id' },
  message: { request: 'SchedulePostMessage', run: 'HandlePostMessage', id: 'traceId' },
  'posted-task': { request: 'SchedulePostTaskCallback', run: 'RunPostTaskCallback', id: 'taskId' },
};

export interface TestCallback {
  readonly id: number;
  /** When code asked for it. */
  readonly at: number;
  /** When it ran, and for how long. */
  readonly runs: readonly (readonly [start: number, duration: number])[];
  readonly frame?: string;
  readonly pid?: number;
  readonly tid?: number;
}

/** Code that is asked for and runs later, once or several times. */
export function callback(kind: NamedCallback, test: TestCallback): readonly TraceEvent[] {
  const { id, at, runs, frame = PAGE.frame, pid = PAGE.pid, tid = PAGE.tid } = test;
  const { request, run, id: key } = NAMES[kind];
  const data = kind === 'message' ? { [key]: String(id) } : { frame, [key]: id };
  return [
    instant(request, at, { pid, tid, args: { data } }),
    ...runs.map(([start, duration]) =>
      instant(run, start, { ph: 'X', dur: length(duration), pid, tid, args: { data } }),
    ),
  ];
}

/** What the debugger writes of asynchronous code: a flow from the request to the run. */
export function asyncTask(
  id: number,
  at: number,
  [start, duration]: readonly [number, number],
): readonly TraceEvent[] {
  const scheduled = 'v8::Debugger::AsyncTaskScheduled';
  const cat = 'disabled-by-default-v8.inspector';
  return [
    instant(scheduled, at, { cat, ph: 'X', dur: 1, args: { taskName: 'await' } }),
    instant(scheduled, at, { cat, ph: 's', id, args: {} }),
    instant(scheduled, start, { cat, ph: 'f', bp: 'e', id, args: {} }),
    instant('v8::Debugger::AsyncTaskRun', start, { cat, ph: 'X', dur: length(duration), args: {} }),
  ];
}

/** What Chrome writes when it hands an event to its handlers. */
export const dispatch = (ms: number, duration: number, type = 'click'): TraceEvent =>
  instant('EventDispatch', ms, { ph: 'X', dur: length(duration), args: { data: { type } } });

/** Code that waited for promises. */
export const microtasks = (ms: number, duration: number): TraceEvent =>
  instant('RunMicrotasks', ms, { cat: 'v8.execute', ph: 'X', dur: length(duration) });

/** A change to the document that Chrome attributes to the interaction whose event was created at `input`. */
export const attributedChange = (ms: number, input: number): TraceEvent =>
  instant('SoftNavigationContext::AddedModifiedNodeInAnimationFrame', ms, {
    ph: 'n',
    args: { nodeId: 5, context: { softNavContextId: input, timeOrigin: clock(input), domModifications: 1 } },
  });

/** A run of an XMLHttpRequest's handlers. */
export const xhrState = (ms: number, readyState: number, url: string, duration = 1): TraceEvent =>
  instant('XHRReadyStateChange', ms, {
    ph: 'X',
    dur: length(duration),
    args: { data: { url, readyState, frame: PAGE.frame } },
  });

/** Chrome's own figure of an interaction. */
export const userInteraction = (
  ms: number,
  maxDuration: number,
  interactionType = 'tapOrClick',
): TraceEvent =>
  instant('Responsiveness.Renderer.UserInteraction', ms, {
    ph: 'X',
    dur: 5,
    args: { frame: PAGE.frame, data: { interactionType, maxDuration } },
  });

/** Seconds on Chrome's clock, as the network process writes them. */
export const seconds = (ms: number): number => clock(ms) / 1e6;
