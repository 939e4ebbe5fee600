// Child processes: started, waited for, and told of the signals that reach us.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { SetUpError } from './failure.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM'];

/**
 * @typedef {{command: string, args: readonly string[], shell?: boolean}} Program
 * @typedef {{cwd: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions}} Surroundings
 */

/**
 * Runs a program to its end. What a piped stdout and stderr wrote comes back as `output`; `signal` is the last one
 * that reached us meanwhile.
 * @param {Program} program
 * @param {Surroundings} surroundings
 */
export async function run({ command, args, shell = false }, { cwd, env = process.env, stdio = 'inherit' }) {
  const child = spawn(command, args, { cwd, env, stdio, shell, windowsHide: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  /** @type {NodeJS.Signals | undefined} */
  let received;
  const receive = (/** @type {NodeJS.Signals} */ signal) => {
    received = signal;
    if (!wentToGroup(signal)) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, receive);
  const stopWatching = watchParent(() => receive('SIGTERM'));
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status, signal) => resolve(exitCodeOf(status, signal)));
    });
    return { code, output, signal: received };
  } finally {
    for (const signal of SIGNALS) process.off(signal, receive);
    stopWatching();
  }
}

/**
 * As `run`, for a step that others follow: they must not when a signal came in.
 * @param {Program} program
 * @param {Surroundings} surroundings
 */
export async function runStep(program, surroundings) {
  const { signal, ...ended } = await run(program, surroundings);
  if (signal !== undefined)
    throw new SetUpError('interrupted', { code: exitCodeOf(null, signal), interrupted: true });
  return ended;
}

/**
 * What a shell would report: the child's own code, or 128 + n when signal n ended it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitCodeOf(code, signal) {
  return signal === null ? (code ?? 0) : 128 + constants.signals[signal];
}

/** Ctrl+C at a terminal goes to every process in the foreground. Sent on, the child would count it twice. */
function wentToGroup(/** @type {NodeJS.Signals} */ signal) {
  return signal === 'SIGINT' && (process.stdin.isTTY || process.stderr.isTTY);
}

/**
 * npm passes a signal on to the shell that stands between us. The shell dies of it and tells no one, which we can
 * see by having another parent.
 */
function watchParent(/** @type {() => void} */ onOrphaned) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, 250);
  return () => clearInterval(timer);
}
