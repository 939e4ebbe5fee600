/** Those of which Chrome writes an id with the request and with the run. */
const NAMED_BY_ID = [
  'timer',
  'animation-frame',
  'idle-callback',
  'message',
  'posted-task',
  'async-task',
] as const;

/**
 * Those that are told by address, place or time. `fetch` is what waited for an answer, `fetch-body` for the whole of it;
 * `task-attribution` is what Chrome attributes to the interaction by itself, without saying through what.
 */
const WITHOUT_ID = ['xml-http-request', 'fetch', 'fetch-body', 'task-attribution'] as const;

/** What asked for a piece of code to run later. */
export const CALLBACK_KINDS: readonly [...typeof NAMED_BY_ID, ...typeof WITHOUT_ID] = [
  ...NAMED_BY_ID,
  ...WITHOUT_ID,
];

export type CallbackKind = (typeof CALLBACK_KINDS)[number];

const namedById: ReadonlySet<CallbackKind> = new Set(NAMED_BY_ID);

export const isNamedById = (kind: CallbackKind): boolean => namedById.has(kind);
