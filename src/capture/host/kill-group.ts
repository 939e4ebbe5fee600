import { isInUse } from '../../node/process-identity.ts';

/** Ends a process with all that it started: the leader of a group, but on Windows, which has none. */
export function killGroup(pid: number): void {
  try {
    process.kill(groupOf(pid), 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** @returns Whether there is anybody who got it. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(groupOf(pid), signal);
  } catch {
    return false;
  }
}

/** Whether a process has not ended, or any that it started, though it has itself. */
export async function isGroupAlive(pid: number): Promise<boolean> {
  // In a container nobody may ever ask how an orphan has ended, and a signal reaches it until then.
  return signalGroup(pid, 0) && (process.platform !== 'linux' || (await isInUse(pid)));
}

const groupOf = (pid: number): number => (process.platform === 'win32' ? pid : -pid);
