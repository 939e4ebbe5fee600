import type { Io } from '../../cli/io.ts';

/** A world around a command that keeps what was written to it. */
export interface FakeIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
}

/** Nobody watches it, no variable is set, and the user never interrupts, unless changed. */
export function fakeIo(change: Partial<Io> = {}): FakeIo {
  const out: string[] = [];
  const err: string[] = [];
  return {
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    isInteractive: false,
    columns: 100,
    env: {},
    isRoot: false,
    signal: new AbortController().signal,
    untilEnough: () => new AbortController().signal,
    ...change,
    out: () => out.join(''),
    err: () => err.join(''),
  };
}
