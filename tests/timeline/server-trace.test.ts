import { describe, expect, test } from 'vitest';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import { later, micro } from '../../src/base/units.ts';
import type { ServerTrace } from '../../src/timeline/server/server-trace.ts';
import { shiftedServerTrace } from '../../src/timeline/server/shifted-server-trace.ts';
import { blocked, executorWait, notAwaited, query, served, SERVER } from '../support/server-trace.ts';
import { arrayTrace, bytesOf } from '../support/trace-bytes.ts';
import { clock, instant, type TraceEvent } from '../support/trace-events.ts';

const marked = (startMs: number, endMs: number, args: TraceEvent): readonly TraceEvent[] => [
  instant('inpact.span', startMs, { ph: 'b', id: `span-${String(startMs)}`, args, ...SERVER }),
  instant('inpact.span', endMs, { ph: 'e', id: `span-${String(startMs)}`, args: {}, ...SERVER }),
];

const thrown = (ms: number, args: TraceEvent): TraceEvent => instant('inpact.error', ms, { args, ...SERVER });

const read = async (...events: readonly (TraceEvent | readonly TraceEvent[])[]): Promise<ServerTrace> =>
  (await gatherServerFacts([arrayTrace(events.flat())])).trace;

/** One of everything. */
const eventsAt = (ms: number): readonly TraceEvent[] => [
  ...served(ms, ms + 50, { path: '/', headers: ms + 40 }),
  blocked(ms, 20),
  query(ms, 20),
  thrown(ms, {}),
  notAwaited(ms),
  ...executorWait(ms, ms + 5),
  ...marked(ms, ms + 5, { name: 'render' }),
];

describe("a server's trace", () => {
  test('holds requests, from the loop coming to them until their end', async () => {
    const { requests } = await read(served(10, 30, { id: 'ab', path: '/list', headers: 28 }));
    expect(requests).toEqual([
      {
        id: 'ab',
        method: 'GET',
        path: '/list',
        route: '/list',
        status: 200,
        start: clock(10),
        headers: clock(28),
        end: clock(30),
      },
    ]);
  });

  test('holds headers within the request, whatever it says', async () => {
    const { requests } = await read(
      served(10, 30, { path: '/', headers: 31 }),
      served(40, 50, { path: '/', headers: 1 }),
    );
    expect(requests.map(({ headers }) => headers)).toEqual([clock(30), clock(50)]);
  });

  test('leaves out what never ended', async () => {
    expect((await read(served(10, 30, { path: '/' }).slice(0, 1))).requests).toEqual([]);
  });

  test('says who blocked the loop, and where', async () => {
    const stack = [{ functionName: 'list', url: 'views.py', line: 12 }, 'nonsense'];
    const { blocks } = await read(blocked(5, 20, { by: 'SELECT ?', kind: 'database', request: 'ab', stack }));
    expect(blocks).toEqual([
      {
        start: clock(5),
        duration: 20_000,
        by: 'SELECT ?',
        kind: 'database',
        cpu: undefined,
        request: 'ab',
        stack: [
          { functionName: 'list', url: 'views.py', line: 12 },
          { functionName: '', url: '', line: undefined },
        ],
      },
    ]);
  });

  test.each([
    [0, 0],
    [18_000, 18_000],
    [-1, undefined],
    ['18000', undefined],
    [undefined, undefined],
  ])('that says %j of a block’s processor time gives %j microseconds', async (cpuUs, cpu) => {
    expect((await read(blocked(5, 20, { cpuUs }))).blocks.map((block) => block.cpu)).toEqual([cpu]);
  });

  test('holds blocks in order of time, and nothing that is none', async () => {
    const { blocks } = await read(
      blocked(40, 5),
      blocked(10, 150, { by: undefined }),
      blocked(60, 0),
      blocked(70, 1, {}),
    );
    expect(blocks.map(({ start, by }) => [start, by])).toEqual([
      [clock(10), 'unknown'],
      [clock(40), 'work'],
      [clock(70), 'work'],
    ]);
  });

  test('tells queries on the loop from those beside it', async () => {
    const { queries } = await read(
      query(5, 20),
      query(30, 20, { onLoop: false }),
      query(60, 1, { onLoop: 'yes' }),
    );
    expect(queries.map(({ onLoop }) => onLoop)).toEqual([true, false, false]);
  });

  test('holds all that it says in order of time, whatever the order of the file', async () => {
    const {
      requests,
      queries,
      executorWaits,
      spans,
      errors,
      notAwaited: forgotten,
    } = await read(
      served(40, 50, { path: '/b' }),
      served(10, 90, { path: '/a' }),
      query(30, 5),
      query(20, 5),
      executorWait(42, 44),
      executorWait(12, 14),
      marked(43, 45, { name: 'second' }),
      marked(13, 15, { name: 'first' }),
      thrown(48, {}),
      thrown(18, {}),
      notAwaited(49),
      notAwaited(19),
    );
    const starts = [requests, queries, executorWaits, spans, errors, forgotten].map((list) =>
      list.map(({ start }) => start),
    );
    expect(starts).toEqual([
      [clock(10), clock(40)],
      [clock(20), clock(30)],
      [clock(12), clock(42)],
      [clock(13), clock(43)],
      [clock(18), clock(48)],
      [clock(19), clock(49)],
    ]);
  });

  test('tells what its author marked, and what handlers threw, with the request', async () => {
    const { spans, errors, executorWaits } = await read(
      marked(10, 30, { name: 'render', kind: 'template', request: 'ab' }),
      thrown(20, { type: 'ValueError', message: 'no such order', request: 'ab' }),
      executorWait(5, 9, { name: 'view', kind: 'pool' }),
    );
    expect(spans).toEqual([
      { start: clock(10), duration: 20_000, name: 'render', kind: 'template', request: 'ab' },
    ]);
    expect(errors).toMatchObject([{ type: 'ValueError', message: 'no such order', request: 'ab' }]);
    expect(executorWaits).toMatchObject([{ duration: 4000, name: 'view', kind: 'pool' }]);
  });

  test('moves as a whole onto another clock, and keeps its lengths', async () => {
    const moved = shiftedServerTrace(await read(eventsAt(10)), (time) => later(time, micro(1_000_000)));
    expect(moved).toEqual(await read(eventsAt(1010)));
  });

  test('is of a request’s route where the path is not said', async () => {
    const [begin, end] = served(10, 30, { path: '/' });
    const { requests } = await read({ ...begin, args: { route: '/orders/:id' } }, { ...end });
    expect(requests).toMatchObject([{ path: '/orders/:id', route: '/orders/:id' }]);
  });

  test('pairs nothing that ended before it began, or that has no id', async () => {
    const [begin, end] = served(10, 30, { path: '/' });
    expect((await read({ ...begin, ts: clock(31) }, { ...end })).requests).toEqual([]);
    const { id: _, ...unnamed } = { ...begin };
    const { id: __, ...ended } = { ...end };
    expect((await read(unnamed, ended)).requests).toEqual([]);
  });

  test('has no block and no query of an instant', async () => {
    const { blocks, queries } = await read({ ...blocked(10, 20), ph: 'I' }, { ...query(40, 20), ph: 'I' });
    expect([blocks, queries]).toEqual([[], []]);
  });

  test('has the innermost thirty-two lines of a stack', async () => {
    const stack = Array.from({ length: 40 }, (_, line) => ({
      functionName: 'f',
      url: 'a.py',
      line,
      column: 3,
    }));
    const { blocks } = await read(blocked(10, 20, { stack }));
    expect(blocks[0]?.stack.map(({ line, column }) => [line, column])).toEqual(
      Array.from({ length: 32 }, (_, line) => [line, 3]),
    );
  });

  test('may be anything', async () => {
    const odd = instant('inpact.request', 1, {
      ph: 'b',
      id: 7,
      args: { id: {}, method: 5, path: null },
      ...SERVER,
    });
    const { requests } = await read(
      odd,
      { ...odd, ph: 'e', args: [] },
      blocked(1, -5),
      blocked(1, 1, { stack: 'x' }),
    );
    expect(requests).toMatchObject([{ id: '', method: 'GET', path: '' }]);
    await expect(gatherServerFacts([bytesOf('{"traceEvents":[]}')])).resolves.toMatchObject({
      trace: { requests: [] },
      origin: { agent: undefined, bootId: undefined, droppedEvents: 0, hasLoop: true },
    });
  });
});
