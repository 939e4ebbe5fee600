import { describe, expect, test } from 'vitest';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import type { ServerTrace } from '../../src/timeline/server/server-trace.ts';
import { blocked, query, served, SERVER } from '../support/server-trace.ts';
import { arrayTrace, bytesOf } from '../support/trace-bytes.ts';
import { clock, instant, type TraceEvent } from '../support/trace-events.ts';

const read = async (...events: readonly (TraceEvent | readonly TraceEvent[])[]): Promise<ServerTrace> =>
  (await gatherServerFacts([arrayTrace(events.flat())])).trace;

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
