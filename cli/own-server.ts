import { startServer } from '../src/capture/server/own-server.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError } from '../src/index.ts';
import { withCaptureLock } from './capture-lock.ts';
import type { Io } from './io.ts';
import { readyPatternOf } from './ready-pattern.ts';

/**
 * Starts the server that the settings name, for as long as the work takes. Not before the machine is free: where another
 * recording has started the same server, its port is taken.
 * @param work Gets the settings that are left: it need not wait for other recordings again.
 * @throws {InpactError} What the work throws. Where no server answers, though one was started, with what that one printed. Where that
 * one has failed meanwhile, so that another may have answered.
 */
export async function withOwnServer<T>(
  settings: Settings,
  io: Io,
  work: (settings: Settings) => Promise<T>,
): Promise<T> {
  const { startServer: command } = settings;
  if (command === undefined) return work(settings);
  return withCaptureLock(settings, io, () =>
    beside(command, settings, io.signal, () => work({ ...settings, captureLock: false })),
  );
}

async function beside<T>(
  command: string,
  { readyPattern, readyTimeoutMs }: Settings,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const server = await startServer({
    command,
    readyPattern: readyPatternOf(readyPattern),
    readyTimeoutMs,
    signal,
  });
  try {
    const done = await work();
    server.refuseFailed();
    return done;
  } catch (error) {
    if (!(error instanceof InpactError) || error.code !== 'server-unreachable') throw error;
    // Not seldom it tells the port that it has taken instead.
    const hint = `“${command}” was started, and printed: ${server.printed()}`;
    throw new InpactError(error.code, error.message, { hint, cause: error });
  } finally {
    await server.stop();
  }
}
