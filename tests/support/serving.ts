import type { Server } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../fixtures/lab/listen.ts';

/** Serves until the test is over. @returns The origin. */
export async function serving(server: Server): Promise<string> {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server, 0);
}
