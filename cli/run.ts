import { CommanderError } from '@commander-js/extra-typings';
import { InpactError } from '../src/index.ts';
import { EXIT, type ExitCode, exitCodeOf, type Outcome } from './exit-code.ts';
import type { Io } from './io.ts';
import { termLines } from './output/terminal.ts';
import { programOf } from './program.ts';

/** Runs one command line. Whatever goes wrong becomes a message on stderr and an exit code. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    let outcome: Outcome = { kind: 'done' };
    const program = programOf(io, (ended) => {
      outcome = ended;
    });
    await program.parseAsync([...args], { from: 'user' });
    return exitCodeOf(outcome);
  } catch (error) {
    return explain(error, io);
  }
}

/** Says on stderr what went wrong. */
export function explain(error: unknown, io: Io): ExitCode {
  // Commander has printed its own message, and reports --help as an error of code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.badUsage;
  if (io.signal.aborted) {
    io.stderr('Interrupted. Loads that were complete are kept.\n');
    return exitCodeOf({ kind: 'interrupted' });
  }
  if (error instanceof InpactError) {
    const hint = error.hint === undefined ? '' : `  ${indented(error.hint)}\n`;
    io.stderr(`Error: ${indented(error.message)}\n${hint}`);
    return exitCodeOf({ kind: 'failed', code: error.code });
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr(`This is a bug in INPact; please report it with these lines:\n${termLines(trace)}\n`);
  return exitCodeOf({ kind: 'bug' });
}

/** What a build or a server printed has many lines. None of them may look like one of ours. */
const indented = (text: string): string => termLines(text).replaceAll('\n', '\n    ');
