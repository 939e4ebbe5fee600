import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words: only ever compared. */
  readonly startedAt: string;
}

/** Undefined if there is no such process. */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = process.platform === 'linux' ? await startOnLinux(pid) : await startByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export async function isAlive({ pid, startedAt }: ProcessIdentity): Promise<boolean> {
  return (await identityOf(pid))?.startedAt === startedAt;
}

/** Ticks since the system's start, with the boot they count from: field 22, after a name that may hold anything. */
async function startOnLinux(pid: number): Promise<string | undefined> {
  return (await statOnLinux(String(pid)))[19];
}

/** What the system says of a process from field 3 on, its state; nothing where it has ended. */
async function statOnLinux(pid: string): Promise<readonly string[]> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only nobody has asked how.
    return fields[0] === 'Z' ? [] : fields;
  } catch {
    return [];
  }
}

/** Whether a group has a process that has not ended. Only for Linux: elsewhere a signal tells. */
export async function isInUse(group: number): Promise<boolean> {
  const stats = await Promise.all((await pidsOnLinux()).map(statOnLinux));
  return stats.some(([, , its]) => Number(its) === group);
}

const pidsOnLinux = async (): Promise<readonly string[]> =>
  (await readdir('/proc')).filter((name) => /^\d+$/.test(name));

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    // `ps` fails where there is no such process; where there is no `ps`, nothing can be told, and nothing is ended.
    return undefined;
  }
}

/** Numbers of the processes that have such an argument. */
export async function processesWith(isWanted: (argument: string) => boolean): Promise<readonly number[]> {
  const found = process.platform === 'linux' ? await argumentsOnLinux() : await argumentsByPs();
  return found.filter(({ words }) => words.some(isWanted)).map(({ pid }) => pid);
}

interface CommandLine {
  readonly pid: number;
  readonly words: readonly string[];
}

async function argumentsOnLinux(): Promise<readonly CommandLine[]> {
  const pids = await pidsOnLinux();
  return Promise.all(
    pids.map(async (pid) => {
      // A process may end while it is looked at.
      const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), words: text.split('\0').flatMap(asWords) };
    }),
  );
}

/** Chrome writes its processes' names anew, with spaces between the arguments. */
const asWords = (part: string): readonly string[] => [part, ...part.split(' ')];

async function argumentsByPs(): Promise<readonly CommandLine[]> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,command=']);
    return stdout.split('\n').map((line) => {
      const [pid, ...words] = line.trim().split(' ');
      return { pid: Number(pid), words };
    });
  } catch {
    return [];
  }
}
