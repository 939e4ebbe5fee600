import type { ErrorCode, Verdict } from '../src/index.ts';

/** What a command's exit code tells a CI job. Stable. */
export const EXIT = {
  fine: 0,
  overBudget: 1,
  badUsage: 2,
  unreadableInput: 3,
  captureFailed: 4,
  inconclusive: 5,
  bug: 70,
  /** As sysexits has it: EX_CANTCREAT. The judgement, if there was one, is not told. */
  cannotWrite: 73,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a command ended. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'judged'; readonly verdict: Verdict; readonly onInconclusive: InconclusivePolicy }
  | { readonly kind: 'failed'; readonly code: ErrorCode }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'bug' };

/** What a verdict that is none means to a CI job: a code of its own, or one of the two others. */
export type InconclusivePolicy = 'report' | 'pass' | 'fail';

export function exitCodeOf(outcome: Outcome): ExitCode {
  switch (outcome.kind) {
    case 'done':
      return EXIT.fine;
    case 'judged':
      return EXIT_OF_VERDICT[outcome.verdict === 'inconclusive' ? outcome.onInconclusive : outcome.verdict];
    case 'failed':
      return EXIT_OF_ERROR[outcome.code];
    case 'interrupted':
      return EXIT.interrupted;
    case 'bug':
      return EXIT.bug;
  }
}

const EXIT_OF_VERDICT: Readonly<Record<'pass' | 'fail' | 'report', ExitCode>> = {
  pass: EXIT.fine,
  fail: EXIT.overBudget,
  report: EXIT.inconclusive,
};

export const EXIT_OF_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  'bad-usage': EXIT.badUsage,
  'bad-scenario': EXIT.badUsage,
  'bad-budget': EXIT.badUsage,
  'no-such-file': EXIT.unreadableInput,
  'unreadable-file': EXIT.unreadableInput,
  'not-a-trace': EXIT.unreadableInput,
  'not-a-session': EXIT.unreadableInput,
  'no-browser': EXIT.captureFailed,
  'no-python': EXIT.captureFailed,
  'browser-failed': EXIT.captureFailed,
  'server-unreachable': EXIT.captureFailed,
  'server-trace-unreachable': EXIT.captureFailed,
  'server-trace-too-large': EXIT.captureFailed,
  'port-taken': EXIT.captureFailed,
  'capture-failed': EXIT.captureFailed,
  'write-failed': EXIT.cannotWrite,
};
