/** What can be wrong with what the user gave us. Callers and tests compare these, never message text. */
export type ErrorCode =
  // The trace or the session file.
  | 'no-such-file'
  | 'unreadable-file'
  | 'not-a-trace'
  | 'not-a-session'
  // The command line or the scenario.
  | 'bad-usage'
  | 'bad-scenario'
  | 'bad-budget'
  // The machine, the browser or the server under test.
  | 'no-browser'
  | 'no-python'
  | 'browser-failed'
  | 'server-unreachable'
  | 'server-trace-unreachable'
  | 'server-trace-too-large'
  | 'port-taken'
  | 'capture-failed'
  | 'write-failed';

export interface ErrorDetails {
  /** What the user can do about it, as one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The user's input, machine or server is at fault, and the message says what, where, and what to do. */
export class InpactError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, { hint, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'InpactError';
    this.code = code;
    this.hint = hint;
  }
}
