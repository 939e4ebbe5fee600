/**
 * The events from which a thread's call tree is made. Of two that start and end together the one that stands first here
 * is the outer one, as in Blink and V8, so that the order in a trace does not matter.
 */
export const EVENT_NAMES = [
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'RunPostTaskCallback',
  'HandlePostMessage',
  'XHRReadyStateChange',
  'XHRLoad',
  'ParseHTML',
  'ParseAuthorStyleSheet',
  'EventDispatch',
  'RunMicrotasks',
  'V8.RunMicrotasks',
  'V8.RunAndClearMicrotasks',
  'EvaluateScript',
  'v8::Debugger::AsyncTaskRun',
  'V8Console::runTask',
  'v8.compile',
  'v8.compileModule',
  'v8.evaluateModule',
  'v8.run',
  'v8.newInstance',
  'v8.callModuleMethod',
  'v8.callFunction',
  'FunctionCall',
  'V8.Execute',
  'V8.StackGuard',
  'V8.HandleInterrupts',
  'V8.InvokeApiInterruptCallbacks',
  'V8.ScriptCompiler',
  'MajorGC',
  'MinorGC',
  'Layout',
  'UpdateLayoutTree',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** Where the name stands in `EVENT_NAMES`. */
export const nameNumber = (name: EventName): number => EVENT_NAMES.indexOf(name);

const JAVASCRIPT_INVOCATIONS: ReadonlySet<string> = new Set<EventName>([
  'RunMicrotasks',
  'FunctionCall',
  'EvaluateScript',
  'EventDispatch',
]);

/** Whether JavaScript runs inside such an event. DevTools counts every name of V8's. */
export const isInvocation = (name: string): boolean => JAVASCRIPT_INVOCATIONS.has(name) || /^v8/i.test(name);

/** By name number. */
export const IS_INVOCATION: readonly boolean[] = EVENT_NAMES.map(isInvocation);

/** Callbacks of timers, frames and the like: JavaScript runs in them, and nothing else of a page. */
const CALLBACKS: ReadonlySet<string> = new Set<EventName>([
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'RunPostTaskCallback',
  'HandlePostMessage',
  'XHRReadyStateChange',
  'XHRLoad',
]);

/** By name number: whether such an event is there for JavaScript. */
export const IS_SCRIPT: readonly boolean[] = EVENT_NAMES.map(
  (name, number) => IS_INVOCATION[number] === true || CALLBACKS.has(name),
);
