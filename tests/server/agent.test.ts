import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import express from 'express';
import fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { InpactServer } from '../../src/server/index.ts';
import type { ServerTrace } from '../../src/timeline/server/server-trace.ts';
import { agentOf, readBack } from '../support/server-agent.ts';
import { serving } from '../support/serving.ts';

type Listener = (...parts: Parameters<RequestListener>) => unknown;

const servedBy = (agent: InpactServer, listener: Listener): Promise<string> =>
  serving(createServer(agent.wrap((...parts) => void listener(...parts))));

/** What takes long in the test's own process, such as its first request, is no block of the server's. */
async function longBlocks(agent: InpactServer): Promise<ServerTrace['blocks']> {
  const { blocks } = await readBack(agent);
  // On a busy machine a loop stands still for no reason of its own.
  return blocks.filter(({ duration, kind }) => duration > 40_000 && kind !== 'unknown');
}

/** The thread that watches needs a moment to begin, which is long on a busy machine. */
async function untilWatched(agent: InpactServer): Promise<void> {
  await expect
    .poll(
      async () => {
        busyFor(30);
        await delay(10);
        return (await readBack(agent)).blocks.some(({ kind }) => kind === 'javascript');
      },
      { timeout: 10_000, interval: 10 },
    )
    .toBe(true);
  agent.reset();
}

const clock = (): number => Number(process.hrtime.bigint() / 1000n);

/** Works for so long, and says when. */
function busyFor(ms: number): { readonly startUs: number; readonly endUs: number } {
  const startUs = clock();
  while (clock() - startUs < ms * 1000);
  return { startUs, endUs: clock() };
}

const durationIn = (header: string, name: string): number =>
  Number(new RegExp(`${name};dur=([\\d.]+)`).exec(header)?.[1]);

const metric = (response: Response, name: string): number =>
  durationIn(response.headers.get('server-timing') ?? '', name);

/**
 * What is told to a visitor in another thread, whose loop goes on while this one's is blocked: it asks for `/busy` and, as soon as that
 * holds the loop, for `/ping`. Both connections are open by then: nothing but the loop is waited for.
 */
async function toldToVisitor(url: string, isHeld: Int32Array<SharedArrayBuffer>): Promise<string> {
  const program = `
    const { parentPort, workerData: { url, isHeld } } = require('node:worker_threads');
    const ask = async (path) => {
      const response = await fetch(url + path);
      await response.text();
      return response.headers.get('server-timing');
    };
    (async () => {
      await Promise.all([ask('/'), ask('/')]);
      const busy = ask('/busy');
      await Atomics.waitAsync(isHeld, 0, 0).value;
      const told = await ask('/ping');
      await busy;
      parentPort.postMessage(told);
    })();`;
  const worker = new Worker(program, { eval: true, workerData: { url, isHeld } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const [header]: unknown[] = await once(worker, 'message');
  return String(header);
}

describe('a request', () => {
  test('is known by the id in its response, without the values in its address', async () => {
    const agent = agentOf();
    const url = await servedBy(agent, (_, response) => response.end('ok'));
    const response = await fetch(`${url}/list?token=secret`, { method: 'POST' });
    await response.text();
    const [, traceId, id] =
      /traceparent;desc="00-(\w{32})-(\w{16})-01"/.exec(response.headers.get('server-timing') ?? '') ?? [];
    expect(traceId).toBeDefined();
    await expect
      .poll(async () => (await readBack(agent)).requests)
      .toMatchObject([{ id, method: 'POST', path: '/list' }]);
    expect(JSON.stringify(agent.trace())).not.toContain('secret');
  });

  test('goes on with the trace that its client began', async () => {
    const agent = agentOf();
    const url = await servedBy(agent, (_, response) => response.end('ok'));
    const traceparent = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
    const response = await fetch(url, { headers: { traceparent } });
    expect(response.headers.get('server-timing')).toContain(`00-${'b'.repeat(32)}-`);
    await response.text();
    await expect.poll(() => JSON.stringify(agent.trace())).toContain(`"parentId":"${'c'.repeat(16)}"`);
  });

  test('keeps its own queries, whatever is served beside it', async () => {
    const agent = agentOf();
    const url = await servedBy(agent, async ({ url: path = '' }, response) => {
      await delay(path === '/slow' ? 30 : 5);
      agent.query(`SELECT '${path}' FROM t`, () => busyFor(2));
      response.end();
    });
    await Promise.all([fetch(`${url}/slow`), fetch(`${url}/quick`)]);
    await expect.poll(async () => (await readBack(agent)).requests.length).toBe(2);
    const { requests, queries } = await readBack(agent);
    expect(new Set(queries.map(({ request }) => request))).toEqual(new Set(requests.map(({ id }) => id)));
    const slow = requests.find(({ path }) => path === '/slow');
    const own = queries.find(({ request }) => request === slow?.id);
    expect(own?.start).toBeGreaterThan(slow?.start ?? Infinity);
  });

  test("keeps the app's own Server-Timing", async () => {
    const agent = agentOf();
    const url = await servedBy(agent, (_, response) => {
      response.setHeader('Server-Timing', 'mine;dur=1');
      response.end();
    });
    expect((await fetch(url)).headers.get('server-timing')).toMatch(/^mine;dur=1, total;dur=/);
  });
});

describe('a block of the loop', () => {
  test.each([50, 150])(
    'of %i ms is recorded where it was, with the function and the line that made it',
    // Another program may take the processor in the midst of it.
    { retry: 3 },
    async (ms) => {
      const agent = agentOf();
      let worked = { startUs: 0, endUs: 0 };
      const url = await servedBy(agent, function serveSlowly(_, response) {
        worked = busyFor(ms);
        response.end();
      });
      await untilWatched(agent);
      worked = { startUs: 0, endUs: 0 };
      await (await fetch(url)).text();
      await expect.poll(async () => (await longBlocks(agent)).length).toBe(1);
      const [block] = await longBlocks(agent);
      expect(Math.abs((block?.start ?? 0) - worked.startUs)).toBeLessThan(5_000);
      expect(Math.abs((block?.start ?? 0) + (block?.duration ?? 0) - worked.endUs)).toBeLessThan(5_000);
      expect(block?.kind).toBe('javascript');
      expect(block?.stack.map(({ functionName }) => functionName)).toContain('serveSlowly');
      expect(block?.stack[0]?.url).toMatch(/agent\.test\.ts$/);
    },
  );

  // Another program may take the processor from whatever comes after it.
  test('by a query names the query, without its values, and the line that asked', { retry: 3 }, async () => {
    const agent = agentOf();
    const url = await servedBy(agent, function listUsers(_, response) {
      agent.query("SELECT * FROM users WHERE name = 'Ann' AND age > 30", () => busyFor(60));
      response.end();
    });
    await (await fetch(url)).text();
    await expect.poll(async () => (await longBlocks(agent)).length).toBe(1);
    const { queries } = await readBack(agent);
    const blocks = await longBlocks(agent);
    expect(blocks).toMatchObject([
      { kind: 'database', by: 'SELECT * FROM users WHERE name = ? AND age > ?' },
    ]);
    expect(blocks[0]?.stack.map(({ functionName }) => functionName)).toContain('listUsers');
    expect(queries).toMatchObject([{ onLoop: true, duration: blocks[0]?.duration }]);
  });

  // Another program may take the processor from the thread that looks at the stack.
  test('beside a query is not the database’s', { retry: 3 }, async () => {
    const agent = agentOf();
    const url = await servedBy(agent, function compute(_, response) {
      agent.query('SELECT 1', () => busyFor(45));
      busyFor(150);
      response.end();
    });
    await untilWatched(agent);
    await (await fetch(url)).text();
    await expect.poll(async () => (await longBlocks(agent)).length).toBe(2);
    const [query, rest] = await longBlocks(agent);
    expect([query?.kind, rest?.kind]).toEqual(['database', 'javascript']);
    expect(rest?.start).toBeGreaterThanOrEqual((query?.start ?? Infinity) + (query?.duration ?? 0));
    expect(rest?.stack.map(({ functionName }) => functionName)).toContain('compute');
  });

  // Another program may take the processor from whatever comes beside it.
  test('is none where the server waits without blocking', { retry: 3 }, async () => {
    const agent = agentOf();
    const url = await servedBy(agent, async (_, response) => {
      await agent.span('upstream', () => delay(80));
      response.end();
    });
    const response = await fetch(url);
    expect(metric(response, 'total')).toBeGreaterThan(75);
    expect(metric(response, 'db')).toBe(0);
    await response.text();
    const { spans } = await readBack(agent);
    expect(await longBlocks(agent)).toEqual([]);
    expect(spans).toMatchObject([{ name: 'upstream', kind: 'own' }]);
  });

  // Another program may take the processor between the block and what waited for it.
  test('is told to a request that had to wait for it', { retry: 3 }, async () => {
    const agent = agentOf();
    const isHeld = new Int32Array(new SharedArrayBuffer(4));
    const url = await servedBy(agent, ({ url: path }, response) => {
      if (path === '/busy') {
        Atomics.store(isHeld, 0, 1);
        Atomics.notify(isHeld, 0);
        busyFor(800);
      }
      response.end();
    });
    const waited = await toldToVisitor(url, isHeld);
    expect(durationIn(waited, 'loop')).toBeGreaterThan(100);
    expect(durationIn(waited, 'total')).toBeLessThan(durationIn(waited, 'loop'));
  });
});

test('an Express app is followed by the routes of its routers', async () => {
  const agent = agentOf();
  const app = express();
  app.use(agent.middleware);
  const router = express.Router();
  router.get('/users/:id', (_, response) => {
    response.json({});
  });
  app.use('/api', router);
  const url = await serving(createServer(app));
  await (await fetch(`${url}/api/users/7`)).text();
  await expect
    .poll(async () => (await readBack(agent)).requests)
    .toMatchObject([{ path: '/api/users/7', route: '/api/users/:id' }]);
});

test('a Fastify app is followed by its routes, and its handlers know their request', async () => {
  const agent = agentOf();
  const app = fastify();
  onTestFinished(() => app.close());
  await app.register(agent.fastify);
  app.get('/users/:id', async () => {
    await agent.span('load', () => delay(5));
    return {};
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(`${url}/users/7`);
  expect(metric(response, 'total')).toBeGreaterThan(3);
  await response.text();
  await expect.poll(async () => (await readBack(agent)).requests).toMatchObject([{ route: '/users/:id' }]);
  const { requests, spans } = await readBack(agent);
  expect(spans[0]?.request).toBe(requests[0]?.id);
});

test('in production nothing is recorded and nothing is told, unless asked', async () => {
  const agent = agentOf({ enabled: false });
  const url = await servedBy(agent, (_, response) => response.end());
  expect((await fetch(url)).headers.get('server-timing')).toBeNull();
  expect((await readBack(agent)).requests).toEqual([]);
});

test('what a handler throws stays the handler’s, and its span ends', () => {
  const agent = agentOf();
  expect(() =>
    agent.query('SELECT 1', () => {
      throw new Error('no such table');
    }),
  ).toThrow('no such table');
  expect(() =>
    agent.span('work', () => {
      throw new Error('mine');
    }),
  ).toThrow('mine');
});

test('the trace is given and forgotten over HTTP', async () => {
  const agent = agentOf();
  agent.query('SELECT 1', () => 1);
  const url = await serving(createServer(agent.handler));
  expect(await (await fetch(url)).text()).toContain('inpact.query');
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  expect(await (await fetch(url)).text()).not.toContain('inpact.query');
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
});

test('a server that nobody asks keeps its newest events only', { timeout: 30_000 }, async () => {
  const agent = agentOf();
  const query = { startUs: 1, endUs: 2, threadId: 5, threadName: 'worker' };
  for (let count = 0; count < 120_000; count += 1) agent.recordQuery({ ...query, sql: 'old' });
  agent.recordQuery({ ...query, sql: 'new' });
  const { queries } = await readBack(agent);
  expect(queries.length).toBe(50_000);
  expect(queries.some(({ sql }) => sql === 'new')).toBe(true);
  expect(agent.trace().metadata['inpact-server'].droppedEvents).toBe(70_001);
});
