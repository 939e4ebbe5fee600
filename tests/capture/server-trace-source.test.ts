import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serverTraceAt } from '../../src/capture/server/server-trace-source.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Longer than a busy machine takes to ask and be answered. */
const SMALL = { deadlineMs: 20_000, mostBytes: 1000 };
const IMPATIENT = { ...SMALL, deadlineMs: 200 };

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}/trace`;
}

const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a server’s trace at an address', () => {
  test('is asked for by GET and forgotten by DELETE', async () => {
    const asked: string[] = [];
    const url = await serving(({ method = '' }, response) => {
      asked.push(method);
      response.end(method === 'GET' ? '[]' : '');
    });
    const source = serverTraceAt(url, SMALL);
    await source.reset();
    expect(text(await source.read())).toBe('[]');
    expect(asked).toEqual(['DELETE', 'GET']);
  });

  test.each<[string, RequestListener, RegExp, typeof SMALL]>([
    ['does not answer', () => undefined, /timeout/, IMPATIENT],
    ['begins to answer and never ends', (_, response) => void response.write('['), /timeout/, IMPATIENT],
    ['refuses', (_, response) => void response.writeHead(403).end(), /403/, SMALL],
    [
      'breaks off',
      (_, response) =>
        void response.writeHead(200, { 'Content-Length': 9 }).write('[', () => response.destroy()),
      /terminated|closed|aborted|reset/i,
      SMALL,
    ],
  ])('of a server that %s is unreachable, and it is said why', async (_, listener, why, limits) => {
    const source = serverTraceAt(await serving(listener), limits);
    await expect(source.read()).rejects.toMatchObject({
      code: 'server-trace-unreachable',
      message: expect.stringMatching(why),
      hint: expect.stringContaining('docs/server-agent.md'),
    });
  });

  test('may hold a secret, which no message repeats', async () => {
    const url = `${await serving((_, response) => void response.writeHead(500).end('x'.repeat(1001)))}?token=tell-nobody`;
    const failures = await Promise.all(
      [SMALL, { ...SMALL, mostBytes: 2000 }].map((limits) => failureOf(serverTraceAt(url, limits).read())),
    );
    expect(failures).toEqual([
      expect.stringMatching(/\/trace\?token=\[11 characters\] is larger/),
      expect.stringMatching(/\/trace\?token=\[11 characters\] gave no trace/),
    ]);
    const withPassword = url.replace('//', '//ada:tell-nobody@');
    expect(await failureOf(serverTraceAt(withPassword, SMALL).read())).not.toContain('tell-nobody');
  });

  test('where nothing listens is unreachable', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    await once(server.close(), 'close');
    const url = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}/`;
    await expect(serverTraceAt(url, SMALL).reset()).rejects.toMatchObject({
      code: 'server-trace-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('is not read to its end where it has none', async () => {
    const url = await serving((_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(600), () => setImmediate(more));
      };
      more();
    });
    await expect(serverTraceAt(url, SMALL).read()).rejects.toMatchObject({ code: 'server-trace-too-large' });
  });
});

describe('a server’s trace in a file', () => {
  test('is read as it is', async () => {
    const path = join(await temporaryFolder(), 'server.json');
    await writeFile(path, '[]');
    const source = serverTraceAt(path, SMALL);
    await source.reset();
    expect(text(await source.read())).toBe('[]');
  });

  test('that is not there is named', async () => {
    await expect(serverTraceAt('/nowhere/server.json', SMALL).read()).rejects.toMatchObject({
      code: 'no-such-file',
      message: expect.stringContaining('/nowhere/server.json'),
    });
  });

  test('that is too large is not read', async () => {
    const path = join(await temporaryFolder(), 'server.json');
    await writeFile(path, ' '.repeat(1001));
    await expect(serverTraceAt(path, SMALL).read()).rejects.toMatchObject({ code: 'server-trace-too-large' });
  });
});
