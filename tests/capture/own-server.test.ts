import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type OwnServer, READY, startServer } from '../../src/capture/server/own-server.ts';
import { identityOf } from '../../src/node/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TAKEN = 'Error: listen EADDRINUSE: address already in use :::3000';
const { signal } = new AbortController();

async function started(command: string, stopMs = 5_000): Promise<OwnServer> {
  const server = await startServer({ command, readyPattern: READY, readyTimeoutMs: 60_000, stopMs, signal });
  onTestFinished(() => end(pidIn(server)));
  return server;
}

/** The number of the process that serves, which it prints. */
const pidIn = (server: OwnServer): number => Number(/ready (\d+)/.exec(server.printed())?.[1]);

const untilGone = (pid: number): Promise<void> =>
  expect.poll(() => identityOf(pid), { timeout: 10_000 }).toBeUndefined();

/** What is left of it where the test has failed. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is over, as it should be.
  }
}

test.each([
  ['Server listening on port 3000', true],
  ['Starting …\nready in 300 ms', true],
  ['Starting …', false],
  [`node:events:497\n      throw er;\n${TAKEN}\n    at listenInCluster (node:net:1994:12)`, false],
  ['Error: That port is already in use.', false],
  ['Port 3000 is already in use, trying 3001\nListening on 3001', false],
])('%j: ready is %j', (printed, isReady) => {
  expect(READY.test(printed)).toBe(isReady);
});

test('a server whose port is taken has not started, and what it printed is told', async () => {
  const command = `echo '${TAKEN}' >&2; exit 1`;
  await expect(
    startServer({ command, readyPattern: READY, readyTimeoutMs: 60_000, signal }),
  ).rejects.toMatchObject({
    code: 'server-unreachable',
    message: expect.stringContaining('it ended with code 1'),
    hint: `It printed: ${TAKEN}`,
  });
});

describe('a server is stopped', () => {
  test('with all that its shell has started', async () => {
    const server = await started(`sh -c 'echo ready $$; exec sleep 60' & wait`);
    await server.stop();
    await untilGone(pidIn(server));
  });

  test('though its shell was over before', async () => {
    const server = await started(`sh -c 'echo ready $$; exec sleep 60' &`);
    await server.stop();
    await untilGone(pidIn(server));
  });

  test('though it does not heed the signal that ends its shell', async () => {
    const server = await started(`sh -c 'trap "" TERM; echo ready $$; exec sleep 60' & wait`, 100);
    await server.stop();
    await untilGone(pidIn(server));
  });

  test('when nobody waits any more for it to be ready', async () => {
    const noted = join(await temporaryFolder(), 'pid');
    const interruption = new AbortController();
    const starting = startServer({
      command: `echo $$ > '${noted}.new'; mv '${noted}.new' '${noted}'; exec sleep 60`,
      readyPattern: READY,
      readyTimeoutMs: 60_000,
      signal: interruption.signal,
    });
    await expect.poll(() => existsSync(noted), { timeout: 10_000 }).toBe(true);
    interruption.abort();
    await expect(starting).rejects.toThrow(/abort/);
    await untilGone(Number(await readFile(noted, 'utf8')));
  });
});
