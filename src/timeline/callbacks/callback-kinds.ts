/**
 * What asked for a piece of code to run later. `fetch` is what waited for an answer, `fetch-body` for the whole of it;
 * `task-attribution` is what Chrome attributes to the interaction by itself, without saying through what.
 */
export const CALLBACK_KINDS = [
  'timer',
  'animation-frame',
  'idle-callback',
  'message',
  'posted-task',
  'async-task',
  'xml-http-request',
  'fetch',
  'fetch-body',
  'task-attribution',
] as const;

export type CallbackKind = (typeof CALLBACK_KINDS)[number];

/** Those of which Chrome writes an id with the request and with the run. The others are told by address, place or time. */
const NAMED_BY_ID: ReadonlySet<CallbackKind> = new Set([
  'timer',
  'animation-frame',
  'idle-callback',
  'message',
  'posted-task',
  'async-task',
]);

export const isNamedById = (kind: CallbackKind): boolean => NAMED_BY_ID.has(kind);
