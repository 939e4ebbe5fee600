import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { array, number, object, parse, string, tuple } from 'valibot';

export interface PlantedSite {
  readonly url: string;
  readonly traceUrl: string;
  /** Origins that take so many milliseconds longer to connect to. */
  readonly origins: ReadonlyMap<number, string>;
  stop(): Promise<void>;
}

const started = object({ url: string(), origins: array(tuple([number(), string()])) });

/** Starts the site in a process, and so with an event loop, of its own. */
export async function startPlantedSite(): Promise<PlantedSite> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), { stdio: 'inherit' });
  const [message]: unknown[] = await once(child, 'message');
  const { url, origins } = parse(started, message);
  return {
    url,
    traceUrl: `${url}/trace`,
    origins: new Map(origins),
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
