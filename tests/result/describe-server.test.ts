import { describe, expect, test } from 'vitest';
import { isUnavailable } from '../../src/base/measure.ts';
import type { ServerResult } from '../../src/result/server-result.ts';
import { describeTrace } from '../support/described.ts';
import { blocked, query, served, SERVER, sideOf } from '../support/server-trace.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, task, type TraceEvent } from '../support/trace-events.ts';

async function serverOf(...events: readonly (TraceEvent | readonly TraceEvent[])[]): Promise<ServerResult> {
  const facts = await factsOf(mainThread, task(0, 1));
  const side = await sideOf(facts, events.flat(), { here: 'one', there: 'one' });
  const { server } = describeTrace('trace.json', facts, side);
  if (isUnavailable(server)) throw new Error(server.unavailable);
  return server;
}

const MANY = Array.from({ length: 1010 }, (_, index) => index);
const thrown = (ms: number): TraceEvent =>
  instant('inpact.error', ms, { args: { type: 'ValueError' }, ...SERVER });

describe('what a server says of itself', () => {
  test('holds when the headers were written, and not only the end', async () => {
    const { requests } = await serverOf(served(10, 30, { path: '/', headers: 28 }));
    expect(requests).toMatchObject([
      { startMs: 10, headersMs: 28, endMs: 30, status: 200, request: null, evidence: null },
    ]);
  });

  test('tells a block in which the loop had no processor from one that held it', async () => {
    const { loopBlocks } = await serverOf(
      blocked(20, 30, { kind: 'database', cpuUs: 1000 }),
      blocked(70, 30, { kind: 'unknown', cpuUs: 0 }),
    );
    expect(loopBlocks.map(({ starved, cpuMs }) => [starved, cpuMs])).toEqual([
      [false, 1],
      [true, 0],
    ]);
  });

  test('is cut to a thousand of each kind, the longest, in order of time', async () => {
    const stretches = MANY.map((index) => ({
      startMs: index * 10,
      durationMs: index < 10 ? 1 : 2 + (index % 3),
    }));
    const { loopBlocks, queries, errors } = await serverOf(
      stretches.map(({ startMs, durationMs }) => blocked(startMs, durationMs)),
      stretches.map(({ startMs, durationMs }) => query(startMs, durationMs)),
      MANY.map((index) => thrown(index * 10)),
    );
    for (const kept of [loopBlocks, queries]) {
      expect(kept.map(({ startMs }) => startMs)).toEqual(stretches.slice(10).map(({ startMs }) => startMs));
    }
    expect(errors.map(({ startMs }) => startMs)).toEqual(MANY.slice(0, 1000).map((index) => index * 10));
  });

  test('has its requests in order of time, though only a thousand', async () => {
    const { requests } = await serverOf(
      MANY.flatMap((index) => served(index * 10, index * 10 + 5, { path: '/' })),
    );
    expect(requests.map(({ startMs }) => startMs)).toEqual(MANY.slice(0, 1000).map((index) => index * 10));
  });
});
