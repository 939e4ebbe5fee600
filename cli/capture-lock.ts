import { takeCaptureLock } from '../src/capture/host/capture-lock.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import type { Io } from './io.ts';

/** Does work that needs the machine for itself, once no other recording is under way. */
export async function withCaptureLock<T>(
  { captureLock, quiet }: Pick<Settings, 'captureLock' | 'quiet'>,
  io: Io,
  work: () => Promise<T>,
): Promise<T> {
  if (!captureLock) return work();
  const giveBack = await takeCaptureLock({
    onWait(pid) {
      if (quiet) return;
      io.stderr(
        `Another recording is under way (process ${String(pid)}): waiting for its end, for an hour at most, since two would measure each other. --no-capture-lock goes on at once.\n`,
      );
    },
    signal: io.signal,
  });
  try {
    return await work();
  } finally {
    await giveBack();
  }
}
