import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { InpactError } from '../../base/errors.ts';
import { killGroup } from '../host/kill-group.ts';

export interface OwnServerOptions {
  /** As in a shell. */
  readonly command: string;
  /** What the server prints when it is ready. */
  readonly readyPattern: RegExp;
  readonly readyTimeoutMs: number;
  /** Where to start it: where this program was started, if absent. */
  readonly folder?: string;
  /** The port that it is to take, as its environment's PORT. */
  readonly port?: string;
}

/** What servers print when they are ready, as Lighthouse CI has it. */
export const READY: RegExp = /listen|ready/i;

const KEPT_CHARACTERS = 4_000;
const SHOWN_CHARACTERS = 600;
const STOP_MS = 5_000;

export interface OwnServer {
  /** Stops it, with all that it started. */
  readonly stop: () => Promise<void>;
  /** The end of what it has printed. */
  readonly printed: () => string;
}

/**
 * Starts the user's own server and waits until it says that it is ready.
 * @throws {InpactError} `server-unreachable`, with the end of what the server printed.
 */
export async function startServer(options: OwnServerOptions): Promise<OwnServer> {
  const { command, readyPattern, readyTimeoutMs, folder, port } = options;
  const child = spawn(command, {
    shell: true,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder === undefined ? {} : { cwd: folder }),
    ...(port === undefined ? {} : { env: { ...process.env, PORT: port } }),
  });
  let output = '';
  const ready = Promise.withResolvers<void>();
  const listen = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-KEPT_CHARACTERS);
    if (readyPattern.test(output)) ready.resolve();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = once(child, 'exit').then(([code]: unknown[]) => `it ended with code ${String(code)}`);
  const late = delay(readyTimeoutMs, `it was not ready within ${String(readyTimeoutMs / 1000)} s`, {
    ref: false,
  });
  const why = await Promise.race([ready.promise, ended, late]);
  const printed = (): string => output.trim().slice(-SHOWN_CHARACTERS) || 'nothing';
  if (why === undefined) return { stop: () => stopServer(child), printed };
  await stopServer(child);
  throw new InpactError('server-unreachable', `The server “${command}” did not start: ${why}`, {
    hint: `It printed: ${printed()}`,
  });
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
  } catch {
    return;
  }
  const isLate = await Promise.race([exited.then(() => false), delay(STOP_MS, true, { ref: false })]);
  if (isLate) killGroup(child.pid);
}
