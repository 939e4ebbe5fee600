import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { InpactError } from '../../src/index.ts';

/** A program with its arguments, or a line for the shell, as the user wrote it. */
type CommandLine = readonly [string, ...string[]] | string;

/** Of a long output the end tells what went wrong. */
const KEPT = 4000;

/**
 * Runs a command to its end.
 * @throws {InpactError} `capture-failed` with the end of its output, where it fails.
 */
export async function runCommand(command: CommandLine, signal?: AbortSignal, folder?: string): Promise<void> {
  await outputOf(command, signal, folder);
}

/** The same, with what it printed. */
export async function outputOf(command: CommandLine, signal?: AbortSignal, folder?: string): Promise<string> {
  const [program, args] = typeof command === 'string' ? [command, []] : [command[0], command.slice(1)];
  const child = spawn(program, args, {
    shell: typeof command === 'string',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  let out = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    all = (all + text).slice(-KEPT);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all = (all + text).slice(-KEPT);
  });
  const [code]: unknown[] = await once(child, 'close');
  if (code === 0) return out.trim();
  const line = typeof command === 'string' ? command : command.join(' ');
  throw new InpactError('capture-failed', `\`${line}\` failed (${String(code)}): ${all.trim()}`);
}
