import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Comparison, InpactError, readComparison, readSession, type Session } from '../src/index.ts';
import { reasonOf, writeFileAtomically } from '../src/node/write-file.ts';
import { jsonText } from './output/json-text.ts';

const SESSION_FILE = 'session.json';
const COMPARISON_FILE = 'comparison.json';

export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(resolve(folder));
  } catch (cause) {
    throw new InpactError('write-failed', `The folder ${folder} can't be made: ${reasonOf(cause)}`, {
      hint: 'Name another with --output, where you may write.',
      cause,
    });
  }
}

/** Not with `recursive`: where a system says of a folder that is there that it is not, as below /proc, Node then asks without end. */
async function makeWithParents(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    await makeWithParents(dirname(folder));
    await mkdir(folder);
  }
}

/**
 * Looks at where a new recording is to go.
 * @throws {InpactError} `bad-usage` if it holds one already: traces of two would lie side by side under one session.
 */
export async function refuseRecorded(folder: string): Promise<void> {
  // It need not be there yet; whether it can be read is seen when it is written.
  const names = await readdir(folder).catch(() => []);
  if (!names.some((name) => name === SESSION_FILE || TRACE_FILE.test(name))) return;
  throw new InpactError('bad-usage', `The folder ${folder} holds a recording already`, {
    hint: `Go on with it by --resume ${folder}, remove it, or name another with --output.`,
  });
}

const TRACE_FILE = /^Trace-.*\.json(\.gz)?$/;

/** @returns The path of the session file. */
export async function saveSession(folder: string, session: Session): Promise<string> {
  const path = join(folder, SESSION_FILE);
  await writeFileAtomically(path, jsonText(session));
  return path;
}

/** @returns The path of the comparison's file, beside the session that it rests on. */
export async function saveComparison(folder: string, comparison: Comparison): Promise<string> {
  const path = join(folder, COMPARISON_FILE);
  await writeFileAtomically(path, jsonText(comparison));
  return path;
}

/** What was concluded from a folder's session. Undefined where it was not recorded to compare. */
export async function openComparison(folder: string): Promise<Comparison | undefined> {
  const file = join(folder, COMPARISON_FILE);
  return existsSync(file) ? readComparison(await readText(file), file) : undefined;
}

/** Reads a session from its file, or from the folder that holds it. */
export async function openSession(
  path: string,
): Promise<{ readonly folder: string; readonly session: Session }> {
  const isFolder = await isDirectory(path);
  const file = isFolder ? join(path, SESSION_FILE) : path;
  return { folder: isFolder ? path : join(path, '..'), session: readSession(await readText(file), file) };
}

/** Whether a path is a session's folder or file, and not a trace. */
export async function isSession(path: string): Promise<boolean> {
  return basename(path) === SESSION_FILE || (await isDirectory(path));
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw noSuchSession(path, cause);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw noSuchSession(file, cause);
  }
}

const noSuchSession = (path: string, cause: unknown): InpactError =>
  new InpactError('no-such-file', `There is no session at ${path}`, {
    hint: 'Give the folder that `inpact record` or `inpact demo` wrote, or the session.json in it.',
    cause,
  });
