import { startServer } from '../src/capture/server/own-server.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { readyPatternOf } from './ready-pattern.ts';

/**
 * Starts the server that the settings name.
 * @returns What stops it.
 */
export async function startOwnServer({
  startServer: command,
  readyPattern,
  readyTimeoutMs,
}: Settings): Promise<() => Promise<void>> {
  if (command === undefined) return () => Promise.resolve();
  return startServer({ command, readyPattern: readyPatternOf(readyPattern), readyTimeoutMs });
}
