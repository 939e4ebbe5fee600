import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How a command in a process of its own ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface SpawnChange {
  readonly env?: NodeJS.ProcessEnv;
  /** Where it is started: where the tests are, if absent. */
  readonly cwd?: string;
  /** An open file to write results to, instead of a pipe. */
  readonly stdout?: number;
  /** Whether it gets a process group of its own, as from a terminal. */
  readonly detached?: boolean;
  /** Told what it says, while it runs. */
  readonly onStderr?: (text: string) => void;
}

/** Starts the built command line, as a user does. */
export function startInpact(args: readonly string[], change: SpawnChange = {}): Started {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run \`npm run build\` before these tests.`);
  const { env = process.env, cwd = process.cwd(), stdout = 'pipe', detached = false, onStderr } = change;
  const child = spawn(process.execPath, [MAIN, ...args], {
    // Tests may run beside other recordings, which they must not wait for.
    env: { INPACT_CAPTURE_LOCK: 'false', ...env },
    cwd,
    detached,
    stdio: ['ignore', stdout, 'pipe'],
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ended = Promise.all([closed, textOf(child.stdout), textOf(child.stderr, onStderr)]).then(
    ([code, stdoutText, stderr]) => ({ code, stdout: stdoutText, stderr }),
  );
  return { child, ended };
}

async function textOf(stream: Readable | null, onText?: (text: string) => void): Promise<string> {
  let all = '';
  try {
    for await (const chunk of stream ?? []) {
      all += String(chunk);
      onText?.(String(chunk));
    }
  } catch (error) {
    // The test itself has closed the pipe.
    if (stream?.destroyed !== true) throw error;
  }
  return all;
}

/** Runs it to its end. */
export const inpact = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> =>
  startInpact(args, env === undefined ? {} : { env }).ended;
