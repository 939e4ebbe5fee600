import { describe, expect, test } from 'vitest';
import type { StepResult } from '../../src/result/load.ts';
import { describeSteps } from '../support/described.ts';
import { interaction } from '../support/interactions.ts';
import { request, type TestRequest } from '../support/requests.ts';
import { blocked, sideOf } from '../support/server-trace.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { loopBlocked, mainThread, step, stepEdge, task, type TraceEvent } from '../support/trace-events.ts';

interface Load {
  readonly names?: readonly string[];
  readonly page: readonly (TraceEvent | readonly TraceEvent[])[];
  /** What the server's trace holds; left out where it kept none. */
  readonly server?: readonly TraceEvent[];
}

async function stepsOf({ names = ['first', 'second'], page, server }: Load): Promise<readonly StepResult[]> {
  const facts = await factsOf(mainThread, ...page);
  const machine = { here: 'one', there: 'one' };
  return describeSteps(facts, names, server && (await sideOf(facts, server, machine)));
}

const API: TestRequest = {
  requestId: '1',
  url: 'https://api.test/report',
  sent: 20,
  response: { headers: 220, seen: 225 },
  finish: { lastByte: 230, seen: 231 },
};

const click = (interactionId: number, start: number, end: number): readonly TraceEvent[] =>
  interaction({ interactionId, type: 'click', start, processing: [start, start], end });

describe('a step', () => {
  test('holds what began between its edges', async () => {
    const [first, second] = await stepsOf({
      page: [
        step(0, 0, 100),
        step(1, 100, 900),
        task(99, 60, { tdur: 1_000 }),
        task(100, 70),
        task(900, 80),
        request({ ...API, sent: 99 }),
        request({ ...API, requestId: '2', sent: 100 }),
        interaction({ interactionId: 1, type: 'click', start: 50, processing: [51, 52], end: 400 }),
      ],
    });
    expect(first).toMatchObject({
      step: 'first',
      startMs: 0,
      endMs: 100,
      interaction: { interactionId: 1, durationMs: 350 },
      longTasks: { count: 1, totalBlockingTimeMs: 10 },
      requests: [{ startMs: 99 }],
      tasks: { startMs: [99], durationMs: [60], cpuMs: [1] },
    });
    expect(second).toMatchObject({
      step: 'second',
      startMs: 100,
      endMs: 900,
      interaction: { unavailable: 'no-interactions' },
      longTasks: { count: 1, totalBlockingTimeMs: 20 },
      requests: [{ startMs: 100 }],
      tasks: { startMs: [100], durationMs: [70], cpuMs: [-1] },
    });
  });

  test('tells of its slowest interaction', async () => {
    const [only] = await stepsOf({
      page: [step(0, 0, 100), click(1, 1, 9), click(2, 20, 60), click(3, 70, 80)],
    });
    expect(only?.interaction).toMatchObject({ interactionId: 2 });
  });

  test('has the findings of its own interactions, and not of another step’s', async () => {
    const slow = interaction({ interactionId: 7, type: 'click', start: 10, processing: [12, 180], end: 190 });
    const quick = interaction({
      interactionId: 8,
      type: 'click',
      start: 310,
      processing: [311, 312],
      end: 320,
    });
    const [first, second] = await stepsOf({
      page: [task(12, 168), slow, quick, step(0, 0, 300), step(1, 300, 500)],
    });
    expect(first?.findings.map(({ interactionId }) => interactionId)).toContain(7);
    expect(second?.findings).toEqual([]);
  });

  test('does not know its long tasks where the page’s main thread is not known', async () => {
    const facts = await factsOf(task(0, 100), step(0, 0, 300));
    expect(describeSteps(facts, ['first'])[0]?.longTasks.count).toEqual({
      unavailable: 'no-renderer-main-thread',
    });
  });

  test('without a task has none that is long, if tasks were recorded at all', async () => {
    const [idle] = await stepsOf({ page: [step(0, 0, 300), task(400, 5)] });
    expect(idle?.longTasks).toMatchObject({ count: 0, totalBlockingTimeMs: 0 });
    const none = { unavailable: 'no-tasks' };
    const [unknown] = await stepsOf({ page: [step(0, 0, 300)] });
    expect(unknown?.longTasks).toMatchObject({ count: none, totalBlockingTimeMs: none });
  });

  test('whose edges the trace lacks is left out', async () => {
    const steps = await stepsOf({ page: [stepEdge(0, 'begin', 0), step(1, 100, 200)] });
    expect(steps.map((found) => found.step)).toEqual(['second']);
  });

  test('that the scenario does not know is left out', async () => {
    expect(await stepsOf({ names: [], page: [step(0, 0, 100)] })).toEqual([]);
  });
});

describe("the server's loop", () => {
  test('is unavailable where nothing puts the server’s clock on the page’s', async () => {
    const facts = await factsOf(mainThread, task(0, 1), step(0, 0, 300));
    const elsewhere = await sideOf(facts, [blocked(10, 20)], { here: 'one', there: 'another' });
    expect(describeSteps(facts, ['first'], elsewhere)[0]?.serverLoop).toEqual({
      unavailable: 'no-common-clock',
    });
  });

  test('is unavailable where the server kept no trace', async () => {
    const [only] = await stepsOf({ page: [step(0, 0, 500), request(API)] });
    expect(only?.serverLoop).toEqual({ unavailable: 'no-server-trace' });
  });

  test("was blocked while the step's first request waited for its headers", async () => {
    const [only] = await stepsOf({
      page: [step(0, 10, 500), request(API), request({ ...API, requestId: '2', sent: 300 })],
      // 20 ms were over before the request was sent; 30 ms came after its headers.
      server: [
        loopBlocked(0, 40, 'background'),
        loopBlocked(100, 50, 'report'),
        loopBlocked(200, 50, 'next'),
      ],
    });
    const unknown = { cpuMs: { unavailable: 'not-recorded' }, starved: false };
    expect(only?.serverLoop).toEqual({
      blockedDuringRequestMs: 20 + 50 + 20,
      blocks: [
        { startMs: 0, durationMs: 40, name: 'background', ...unknown },
        { startMs: 100, durationMs: 50, name: 'report', ...unknown },
        { startMs: 200, durationMs: 50, name: 'next', ...unknown },
      ],
    });
  });

  test('was blocked for no time by a server that kept an empty trace', async () => {
    const [only] = await stepsOf({ page: [step(0, 10, 500), request(API)], server: [] });
    expect(only?.serverLoop).toEqual({ blockedDuringRequestMs: 0, blocks: [] });
  });

  test('tells a block in which it could not run from one in which something held it', async () => {
    const starved = { kind: 'unknown', cpuUs: 2_000 };
    const held = { kind: 'unknown', cpuUs: 39_500 };
    const server = [blocked(50, 40, starved), blocked(100, 40, held)];
    const [only] = await stepsOf({ page: [step(0, 10, 500)], server });
    expect(only?.serverLoop).toMatchObject({
      blocks: [
        { startMs: 50, cpuMs: 2, starved: true },
        { startMs: 100, cpuMs: 39.5, starved: false },
      ],
    });
  });

  test('shows only the blocks that overlap the step', async () => {
    const server = [
      loopBlocked(0, 10, 'before'),
      loopBlocked(490, 50, 'over the end'),
      loopBlocked(600, 5, 'after'),
    ];
    const [only] = await stepsOf({ page: [step(0, 10, 500)], server });
    expect(only?.serverLoop).toMatchObject({ blocks: [{ name: 'over the end' }] });
  });

  test.each([
    ['the step sent no request', []],
    ['its request was never answered', [request({ requestId: '1', url: API.url, sent: 20 })]],
  ])('has no time of waiting where %s', async (_, requests) => {
    const [only] = await stepsOf({
      page: [step(0, 10, 500), ...requests],
      server: [loopBlocked(20, 100, 'x')],
    });
    expect(only?.serverLoop).toMatchObject({ blockedDuringRequestMs: { unavailable: 'no-request' } });
  });

  test("counts until the last byte where the headers' time was not recorded", async () => {
    const page = [step(0, 10, 500), request({ ...API, response: { seen: 225 } })];
    const [only] = await stepsOf({ page, server: [loopBlocked(200, 100, 'x')] });
    expect(only?.serverLoop).toMatchObject({ blockedDuringRequestMs: 30 });
  });
});
