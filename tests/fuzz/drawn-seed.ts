import type { Seed } from './seeds.ts';

type Args = Readonly<Record<string, unknown>>;

/** What no fixture holds: other categories, older Chromes, and what INPact itself writes. Drawn by hand. */
export function drawnSeed(): Seed {
  const frame = 'F';
  const stackTrace = [
    { functionName: 'f', scriptId: '7', url: 'http://page.test/a.js', lineNumber: 3, columnNumber: 5 },
  ];
  const callFrame = {
    functionName: 'f',
    scriptId: 7,
    url: 'http://page.test/a.js',
    lineNumber: 2,
    columnNumber: 4,
  };
  const frames = [{ frame, url: 'http://page.test/', processPseudoId: '0x1', isOutermostMainFrame: true }];
  return {
    name: 'drawn',
    events: [
      event('M', 'thread_name', 0, { name: 'CrRendererMain' }),
      event('I', 'TracingStartedInBrowser', 1, { data: { frames } }),
      event('I', 'TracingStartedInPage', 2, { data: { page: frame, frames } }),
      event('I', 'FrameCommittedInBrowser', 3, {
        data: { frame, url: 'http://page.test/', processPseudoId: '0x1' },
      }),
      event('I', 'ProcessReadyInBrowser', 4, { data: { frame, processPseudoId: '0x1', processId: 1 } }),
      event('R', 'navigationStart', 5, {
        frame,
        data: { documentLoaderURL: 'http://page.test/', navigationId: 'N' },
      }),
      event('I', 'BackForwardCache::RestoreEntry', 6),
      event('P', 'Profile', 7, { data: { startTime: 7 } }, { id: '0x1' }),
      event('P', 'ProfileChunk', 8, profileChunk([1, 2, 3], callFrame), { id: '0x1', tid: 3 }),
      event('P', 'ProfileChunk', 9, profileChunk([2, 2, 4], callFrame), { id: '0x1', tid: 3 }),
      ...TASKS.map((name, index) => span(name, 10 + index, 60)),
      span('FunctionCall', 12, 50, { data: { frame, ...callFrame, stackTrace } }),
      ...CALLS.map((name, index) =>
        span(name, 14 + index, 20 - index, { fileName: 'a.js', data: { url: 'a.js' } }),
      ),
      ...INVALIDATIONS.map((name) =>
        event('I', name, 32, { data: { frame, nodeId: 3, nodeName: 'DIV', reason: 'r', stackTrace } }),
      ),
      span('UpdateLayoutTree', 33, 5, { elementCount: 3, beginData: { frame, stackTrace } }),
      span('Layout', 39, 5, {
        beginData: { frame, stackTrace, dirtyObjects: 1 },
        endData: { layoutRoots: [] },
      }),
      event('I', 'LayoutShift', 45, {
        frame,
        data: { score: 0.2, is_main_frame: true, had_recent_input: false },
      }),
      event('I', 'TimerInstall', 46, {
        data: { frame, timerId: 1, timeout: 5, singleShot: true, stackTrace },
      }),
      span('TimerFire', 75, 5, { data: { frame, timerId: 1 } }),
      event('I', 'RequestAnimationFrame', 47, { data: { frame, id: 1, stackTrace } }),
      span('FireAnimationFrame', 81, 2, { data: { frame, id: 1 } }),
      event('I', 'RequestIdleCallback', 48, { data: { frame, id: 2, stackTrace } }),
      span('FireIdleCallback', 84, 2, { data: { frame, id: 2, allottedMilliseconds: 5 } }),
      event('I', 'SchedulePostMessage', 49, { data: { traceId: '9', stackTrace } }),
      span('HandlePostMessage', 87, 2, { data: { traceId: '9' } }),
      event('I', 'SchedulePostTaskCallback', 50, {
        data: { frame, taskId: 3, priority: 'user-visible', stackTrace },
      }),
      span('RunPostTaskCallback', 90, 2, { data: { frame, taskId: 3 } }),
      ...asyncTask(51, 93),
      ...SOCKET.map((name, index) =>
        event('I', name, 55 + index, {
          data: { frame, identifier: 4, url: 'ws://page.test/', dataLength: 3, stackTrace },
        }),
      ),
      event('I', 'ResourceSendRequest', 60, {
        data: {
          frame,
          requestId: '1',
          url: 'http://u:p@page.test/?q=1',
          requestMethod: 'GET',
          initiator: { type: 'script' },
          stackTrace,
        },
      }),
      event('I', 'ResourceMarkAsCached', 61, { data: { requestId: '1' } }),
      span('XHRReadyStateChange', 62, 1, { data: { url: 'http://page.test/', readyState: 4 } }),
      ...SCRIPTS.map((name) =>
        event('I', name, 70, {
          data: {
            isolate: 1,
            scriptId: 7,
            url: 'a.js',
            sourceText: '//# sourceMappingURL=data:application/json,{}',
            sourceMapUrl: 'data:application/json,{}',
          },
        }),
      ),
      event('X', 'EventTiming', 11, timing(1, 100, 16), { dur: 16_000 }),
      event('b', 'EventTiming', 20, timing(7, 120, 24), { id: '0x7', scope: 'devtools.timeline' }),
      event('e', 'EventTiming', 44, {}, { id: '0x7', scope: 'devtools.timeline' }),
      event('c', 'clock_sync', 0, { sync_id: 'inpact:step:0:begin' }),
      event('c', 'clock_sync', 200, { sync_id: 'inpact:step:0:end' }),
      span('inpact.loopBlocked', 60, 30, { by: 'sqlite' }),
    ],
  };
}

const TASKS = [
  'TaskQueueManager::ProcessTaskFromWorkQueue',
  'ThreadControllerImpl::DoWork',
  'ThreadControllerImpl::RunTask',
  'RunTask',
] as const;
const CALLS = [
  'EventDispatch',
  'v8.run',
  'v8.callFunction',
  'v8.compile',
  'v8.compileModule',
  'v8.evaluateModule',
  'V8.Execute',
  'V8Console::runTask',
  'RunMicrotasks',
  'MinorGC',
  'MajorGC',
  'ParseHTML',
  'ParseAuthorStyleSheet',
  'Paint',
  'PrePaint',
  'Layerize',
  'Commit',
] as const;
const INVALIDATIONS = [
  'ScheduleStyleRecalculation',
  'InvalidateLayout',
  'LayoutInvalidationTracking',
  'ScheduleStyleInvalidationTracking',
  'StyleInvalidatorInvalidationTracking',
  'StyleRecalcInvalidationTracking',
] as const;
const SOCKET = [
  'WebSocketCreate',
  'WebSocketReceiveHandshakeResponse',
  'WebSocketSend',
  'WebSocketReceive',
  'WebSocketDestroy',
] as const;
const SCRIPTS = ['ScriptCatchup', 'LargeScriptCatchup', 'StubScriptCatchup'] as const;

/** At `ms` on the trace's clock, in process and thread 1. */
const event = (ph: string, name: string, ms: number, args: Args = {}, more: Args = {}): string =>
  JSON.stringify({ name, cat: 'devtools.timeline', ph, ts: 1e9 + ms * 1000, pid: 1, tid: 1, args, ...more });

const span = (name: string, ms: number, durationMs: number, args: Args = {}): string =>
  event('X', name, ms, args, { dur: durationMs * 1000, tdur: durationMs * 500 });

const profileChunk = (samples: readonly number[], callFrame: Args): Args => ({
  data: {
    cpuProfile: {
      nodes: samples.map((id) => ({ id, ...(id > 1 ? { parent: id - 1 } : {}), callFrame })),
      samples,
      trace_ids: { '5': 2 },
    },
    timeDeltas: [1000, -200, 3000],
    lines: [1, 2, 3],
    endTime: 1e9,
  },
});

const asyncTask = (scheduledMs: number, ranMs: number): readonly string[] => [
  span('v8::Debugger::AsyncTaskScheduled', scheduledMs, 1, { taskName: 'setTimeout' }),
  event('s', 'v8::Debugger::AsyncTaskScheduled', scheduledMs, {}, { id: 5 }),
  event('f', 'v8::Debugger::AsyncTaskScheduled', ranMs, {}, { id: 5, bp: 'e' }),
  span('v8::Debugger::AsyncTaskRun', ranMs, 5),
];

const timing = (interactionId: number, timeStamp: number, duration: number): Args => ({
  data: {
    type: 'click',
    frame: 'F',
    interactionId,
    duration,
    timeStamp,
    processingStart: timeStamp + 2,
    processingEnd: timeStamp + 9,
    nodeId: 3,
  },
});
