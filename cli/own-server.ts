import { startServer } from '../src/capture/server/own-server.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError } from '../src/index.ts';
import { readyPatternOf } from './ready-pattern.ts';

/**
 * Starts the server that the settings name, for as long as the work takes.
 * @throws {InpactError} What the work throws. Where no server answers, though one was started, with what that one printed.
 */
export async function withOwnServer<T>(
  { startServer: command, readyPattern, readyTimeoutMs }: Settings,
  work: () => Promise<T>,
): Promise<T> {
  if (command === undefined) return work();
  const server = await startServer({ command, readyPattern: readyPatternOf(readyPattern), readyTimeoutMs });
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InpactError) || error.code !== 'server-unreachable') throw error;
    // Not seldom it tells the port that it has taken instead.
    const hint = `“${command}” was started, and printed: ${server.printed()}`;
    throw new InpactError(error.code, error.message, { hint, cause: error });
  } finally {
    await server.stop();
  }
}
