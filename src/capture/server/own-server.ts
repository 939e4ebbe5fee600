import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { InpactError } from '../../base/errors.ts';
import { isGroupAlive, killGroup, signalGroup } from '../host/kill-group.ts';

export interface OwnServerOptions {
  /** As in a shell. */
  readonly command: string;
  /** What the server prints when it is ready. */
  readonly readyPattern: RegExp;
  readonly readyTimeoutMs: number;
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** How long it may take to stop, before it is killed: 5 s, if absent. */
  readonly stopMs?: number;
  /** Where to start it: where this program was started, if absent. */
  readonly folder?: string;
  /** The port that it is to take, as its environment's PORT. */
  readonly port?: string;
}

/**
 * What servers print when they are ready, as Lighthouse CI has it; but not where a port is said to be taken, in words that hold both:
 * `listen EADDRINUSE: address already in use`. Whoever has the port would be recorded.
 */
export const READY: RegExp = /^(?!.*(?:EADDRINUSE|already in use)).*(?:listen|ready)/is;

const KEPT_CHARACTERS = 4_000;
const SHOWN_CHARACTERS = 600;
const STOP_MS = 5_000;
const POLL_MS = 50;

export interface OwnServer {
  /** Stops it, with all that it started. */
  readonly stop: () => Promise<void>;
  /** The end of what it has printed. */
  readonly printed: () => string;
  /**
   * A server that said that it was ready may have failed after that, and another one may have its port. One that ended well has left
   * the work to others, as `docker compose up --detach` does.
   * @throws {InpactError} `server-unreachable`, with the end of what it printed, if it has failed.
   */
  readonly refuseFailed: () => void;
}

/**
 * Starts the user's own server and waits until it says that it is ready.
 * @throws {InpactError} `server-unreachable`, with the end of what the server printed.
 */
export async function startServer(options: OwnServerOptions): Promise<OwnServer> {
  const { command, readyPattern, readyTimeoutMs, signal, stopMs = STOP_MS, folder, port } = options;
  signal.throwIfAborted();
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
  const printed = (): string => output.trim().slice(-SHOWN_CHARACTERS) || 'nothing';
  const failed = (message: string): InpactError =>
    new InpactError('server-unreachable', message, { hint: `It printed: ${printed()}` });
  const stop = stopperOf(child, stopMs);
  // Not at the end of the shell: what it has left running may get ready yet, and what it printed comes after.
  const ended = once(child, 'close').then(() => `it ended with ${endOf(child)}`);
  const late = delay(readyTimeoutMs, `it was not ready within ${String(readyTimeoutMs / 1000)} s`, {
    ref: false,
    signal,
  });
  try {
    const why = await Promise.race([ready.promise, ended, late]);
    if (why !== undefined) throw failed(`The server “${command}” did not start: ${why}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    printed,
    refuseFailed() {
      if ((child.exitCode ?? 0) === 0 && child.signalCode === null) return;
      throw failed(
        `The server “${command}” ended with ${endOf(child)} before the work was done: another one may have answered instead`,
      );
    },
  };
}

const endOf = ({ exitCode, signalCode }: ChildProcess): string =>
  exitCode === null ? String(signalCode) : `code ${String(exitCode)}`;

/** Ends the shell and all that it has started, however long it may have been over itself. */
function stopperOf(child: ChildProcess, stopMs: number): () => Promise<void> {
  const { pid } = child;
  if (pid === undefined) return () => Promise.resolve();
  let isOver = false;
  // From then on its number may become another's, unless some of its group are left.
  child.once('exit', () => {
    isOver = !signalGroup(pid, 0);
  });
  return async () => {
    if (isOver || !signalGroup(pid, 'SIGTERM')) return;
    const until = performance.now() + stopMs;
    while (await isGroupAlive(pid)) {
      if (performance.now() > until) {
        killGroup(pid);
        return;
      }
      await delay(POLL_MS);
    }
  };
}
