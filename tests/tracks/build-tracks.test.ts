import { describe, expect, test } from 'vitest';
import {
  animationFrame,
  call,
  layout,
  META_NODES,
  profile,
  profileChunk,
  script,
  spanning,
  stackOf,
} from '../support/rendering.ts';
import { blocked, executorWait, query, served, SERVER } from '../support/server-trace.ts';
import {
  clock,
  instant,
  length,
  mainThread,
  PAGE,
  task,
  threadName,
  type TraceEvent,
} from '../support/trace-events.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { drawn, pageLines, tracksOf } from '../support/tracks.ts';

const work = (name: string, startMs: number, durationMs: number, change: TraceEvent = {}): TraceEvent =>
  task(startMs, durationMs, { name, ...change });

const edge = (ph: string, name: string, ms: number): TraceEvent => instant(name, ms, { ph });

const timing = (ph: string, name: string, ms: number, change: TraceEvent = {}): TraceEvent =>
  instant(name, ms, { ph, cat: 'blink.user_timing', ...change });

/** An edge of `console.time('load')`. */
const timed = (ph: string, ms: number): TraceEvent =>
  timing(ph, 'load', ms, { id: '0x1', cat: 'blink.console' });

/** The event without its name. */
const bare = (event: TraceEvent): TraceEvent =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'name'));

const labelsOf = ({ labels }: Tracks): readonly string[] => labels.map(({ name }) => name);

/** So many short tasks of a thread. */
const busy = (tid: number, count: number, change: TraceEvent = {}): readonly TraceEvent[] =>
  Array.from({ length: count }, (_, index) => task(index * 2, 1, { tid, ...change }));

describe('the tracks of a trace', () => {
  test('hold what every thread did, events that nobody knows too', async () => {
    const tracks = await tracksOf(
      mainThread,
      threadName(PAGE.pid, 7, 'DedicatedWorker thread'),
      task(0, 100),
      work('NobodyKnowsThis', 10, 50),
      work('Layout', 20, 10),
      work('RunTask', 5, 30, { tid: 7 }),
    );
    expect(pageLines(tracks)).toEqual(['RunTask 0–100', '  NobodyKnowsThis 10–60', '    Layout 20–30']);
    expect(tracks.threads.map(({ role, name }) => [role, name])).toEqual([
      ['page', 'CrRendererMain'],
      ['worker', 'DedicatedWorker thread'],
    ]);
    expect(tracks.labels.map(({ name, category }) => [name, category])).toEqual([
      ['RunTask', 'task'],
      ['NobodyKnowsThis', 'other'],
      ['Layout', 'rendering'],
    ]);
  });

  test('put the functions that the samples saw into the events that called them', async () => {
    const nodes = [...META_NODES, script(5, 1, 'outer', 9), script(6, 5, 'inner', 19)];
    const samples = [5, 6, 6, 5].map((node) => [node, 20] as const);
    const tracks = await tracksOf(
      mainThread,
      task(0, 100),
      call(10, 80, 'handler', 10),
      profile(0),
      profileChunk(95, nodes, samples),
    );
    expect(pageLines(tracks)).toEqual([
      'RunTask 0–100',
      '  FunctionCall: handler 10–90',
      '    outer 20–90',
      '      inner 40–80',
    ]);
    expect(tracks.labels.find(({ name }) => name === 'inner')).toMatchObject({ isFunction: true, line: 20 });
  });

  test('put on an event within JavaScript only what was called since it began', async () => {
    const nodes = [
      ...META_NODES,
      script(5, 1, 'outer', 9),
      script(6, 5, 'inner', 19),
      script(7, 5, 'other', 29),
      script(8, 7, 'deeper', 39),
    ];
    const samples = [5, 6, 5, 7, 8, 2].map((node) => [node, 10] as const);
    const tracks = await tracksOf(
      mainThread,
      task(0, 100),
      work('FunctionCall', 5, 90),
      work('EventDispatch', 15, 10),
      work('Layout', 45, 20),
      profile(0),
      profileChunk(95, nodes, samples),
    );
    // `inner` is seen at 20 ms, `other` at 40 ms. What is seen in the layout, `deeper`, it does not call; the last sample holds until 70 ms.
    expect(pageLines(tracks)).toEqual([
      'RunTask 0–100',
      '  FunctionCall 5–95',
      '    outer 10–70',
      '      EventDispatch 15–25',
      '        inner 20–25',
      '      other 40–70',
      '        Layout 45–65',
    ]);
  });

  test('put functions outside all events only where a thread has none', async () => {
    const nodes = [...META_NODES, script(5, 1, 'loop', 9)];
    const worker = { tid: 7 };
    const sampled = [
      profile(0, { id: '0x2', ...worker }),
      profileChunk(
        95,
        nodes,
        [
          [5, 20],
          [5, 20],
          [2, 20],
        ],
        { id: '0x2' },
      ),
    ];
    const named = [mainThread, threadName(PAGE.pid, 7, 'DedicatedWorker thread'), task(0, 1)];
    expect(labelsOf(await tracksOf(...named, ...sampled))).toEqual(['RunTask', 'loop']);
    const late = work('Layout', 90, 1, worker);
    expect(labelsOf(await tracksOf(...named, ...sampled, late))).toEqual(['RunTask', 'Layout']);
  });

  test('tell a call whose function is known from one whose is not', async () => {
    const tracks = await tracksOf(mainThread, task(0, 100), work('FunctionCall', 10, 5), call(20, 5, 'f', 1));
    expect(pageLines(tracks)).toEqual(['RunTask 0–100', '  FunctionCall 10–15', '  FunctionCall: f 20–25']);
  });

  test('name functions, files and lines as the author did, where a source map says', async () => {
    const delivered = script(5, 1, 'a', 0);
    const events = [
      mainThread,
      task(0, 100),
      call(10, 80, 'a', 10),
      profile(0),
      profileChunk(95, [...META_NODES, delivered], [[5, 40]]),
    ];
    // The first line of any script, from its first column on, is line 3 of the source.
    const map = { version: 3, sources: ['cart.ts'], names: ['addToCart'], mappings: 'AAEAA' };
    const { tracks: withMap } = await drawn({ events, sourceMaps: [{ of: 'app.js.map', map }] });
    const without = await tracksOf(...events);
    const functionsOf = ({ labels }: typeof withMap): readonly unknown[] =>
      labels.filter(({ isFunction }) => isFunction).map(({ name, line }) => [name, line]);
    expect(functionsOf(without)).toEqual([['a', 1]]);
    expect(functionsOf(withMap)).toEqual([['addToCart', 3]]);
    expect(withMap.labels.find(({ isFunction }) => isFunction)?.url).toMatch(/cart\.ts$/);
  });

  test('say what an event was dispatched for', async () => {
    const dispatch = work('EventDispatch', 1, 2, { args: { data: { type: 'click' } } });
    expect(pageLines(await tracksOf(mainThread, task(0, 9), dispatch))).toContain(
      '  EventDispatch: click 1–3',
    );
  });

  test('pair begins and ends, and leave out what never ended', async () => {
    const tracks = await tracksOf(
      mainThread,
      edge('B', 'outer', 1),
      edge('B', 'inner', 2),
      edge('E', 'inner', 3),
      edge('E', 'outer', 9),
      edge('B', 'forever', 10),
      task(20, 1),
    );
    expect(pageLines(tracks)).toEqual(['outer 1–9', '  inner 2–3', 'RunTask 20–21']);
  });

  test('pair an end without a name with the begin before it', async () => {
    const named = [
      edge('B', 'outer', 1),
      edge('B', 'inner', 2),
      edge('E', 'inner', 3),
      edge('B', 'second', 5),
      edge('E', 'second', 6),
      edge('E', 'outer', 9),
      // Which is still open when the other ends.
      edge('B', 'first', 10),
      edge('B', 'other', 11),
      edge('E', 'first', 12),
      edge('E', 'other', 13),
    ];
    // Nobody knows what these were.
    const unknown = [edge('B', 'a', 30), edge('E', 'a', 31), work('a', 40, 5)].map(bare);
    const drawnOf = async (...edges: readonly TraceEvent[]): Promise<readonly string[]> =>
      pageLines(await tracksOf(mainThread, task(20, 1), edges, unknown));
    const lines = ['outer 1–9', '  inner 2–3', '  second 5–6'];
    expect(await drawnOf(...named)).toEqual([...lines, 'first 10–12', '  other 11–12', 'RunTask 20–21']);
    expect(await drawnOf(...named.map((event) => (event['ph'] === 'E' ? bare(event) : event)))).toEqual([
      ...lines,
      'first 10–13',
      '  other 11–12',
      'RunTask 20–21',
    ]);
  });

  test('pair an end whose name is empty with the begin before it, also where that has an empty name', async () => {
    const edges = [edge('B', 'outer', 1), edge('B', '', 2), edge('E', '', 3), edge('E', '', 9)];
    expect(pageLines(await tracksOf(mainThread, task(20, 1), edges))).toEqual([
      'outer 1–9',
      '   2–3',
      'RunTask 20–21',
    ]);
  });

  test('never cut a task to an event that seems to run into it', async () => {
    const lines = pageLines(await tracksOf(mainThread, work('Paint', 0, 10), task(9, 80)));
    expect(lines).toEqual(['Paint 0–9', 'RunTask 9–89']);
  });

  test('begin with the page’s main thread, then go by what threads are for, and by how much they did', async () => {
    const { threads } = await tracksOf(
      mainThread,
      [threadName(PAGE.pid, 5, 'Compositor'), ...busy(5, 9)],
      [threadName(PAGE.pid, 6, 'ThreadPoolForegroundWorker'), ...busy(6, 3)],
      [threadName(PAGE.pid, 7, 'Chrome_ChildIOThread'), ...busy(7, 4)],
      [threadName(PAGE.pid, 8, 'DedicatedWorker Thread'), ...busy(8, 2)],
      [threadName(20, 1, 'CrRendererMain'), ...busy(1, 5, { pid: 20 })],
      threadName(PAGE.pid, 9, 'did nothing'),
      busy(PAGE.tid, 1),
    );
    expect(threads.map(({ role, name }) => [role, name])).toEqual([
      ['page', 'CrRendererMain'],
      ['main', 'CrRendererMain'],
      ['worker', 'DedicatedWorker Thread'],
      ['compositor', 'Compositor'],
      ['other', 'Chrome_ChildIOThread'],
      ['other', 'ThreadPoolForegroundWorker'],
    ]);
  });

  test('hold the page’s frames: when they rendered, and when they were on the screen', async () => {
    const { animationFrames } = await tracksOf(
      mainThread,
      task(0, 1),
      animationFrame(10, 40, { animation_frame_timing_info: {} }),
      spanning('AnimationFrame::Render', 30, 38),
      animationFrame(50, 60),
      animationFrame(10, 40, {}, { pid: 77 }),
    );
    expect(animationFrames).toEqual([
      { startMs: 10, durationMs: 30, renderStartMs: 30, presentedMs: null },
      { startMs: 50, durationMs: 10, renderStartMs: null, presentedMs: null },
    ]);
  });

  test('hold every page’s frames and timings where it is not known which page was meant', async () => {
    const { animationFrames, userTimings } = await tracksOf(
      task(0, 1),
      animationFrame(10, 40),
      timing('I', 'ready', 5),
    );
    expect([animationFrames.length, userTimings.length]).toEqual([1, 1]);
  });

  test('say which line forced a layout, without what its address may hide', async () => {
    const { forcedReflows } = await tracksOf(
      mainThread,
      task(0, 100),
      call(10, 50, 'f', 1),
      layout(15, 5, stackOf('https://page.test/app.js?key=secret', 'measure', 42)),
      layout(30, 5),
    );
    expect(forcedReflows.map(({ kind, startMs, durationMs, by }) => [kind, startMs, durationMs, by])).toEqual(
      [
        ['layout', 15, 5, 'measure https://page.test/app.js?key=[6 characters]:42'],
        ['layout', 30, 5, ''],
      ],
    );
  });

  test('keep processor time from a millisecond on', async () => {
    const { threads } = await tracksOf(
      mainThread,
      task(0, 60, { tdur: length(4) }),
      task(70, 0.999, { tdur: length(0.25) }),
      task(75, 1, { tdur: length(0.25) }),
      task(80, 2),
    );
    expect([...(threads[0]?.spans.cpuMs ?? [])]).toEqual([4, -1, 0.25, -1]);
  });

  test('hold the page’s own timings, and not Chrome’s milestones', async () => {
    const { userTimings } = await tracksOf(
      mainThread,
      task(0, 1),
      timing('I', 'ready', 5),
      timing('R', 'navigationStart', 1),
      timing('b', 'load list', 10, { id: '0x1' }),
      timing('e', 'load list', 40, { id: '0x1' }),
      timing('I', 'of another page', 6, { pid: 77 }),
      timing('I', 'https://user:secret@a.test/?token=abc', 7),
    );
    expect(userTimings).toEqual([
      { name: 'ready', startMs: 5, durationMs: 0 },
      { name: 'https://a.test/?token=[3 characters]', startMs: 7, durationMs: 0 },
      { name: 'load list', startMs: 10, durationMs: 30 },
    ]);
  });

  test('pair a measure’s ends in order of time, and leave out what has one only', async () => {
    const { userTimings } = await tracksOf(
      mainThread,
      task(0, 1),
      timing('e', 'load', 90, { id: '0x1' }),
      timing('b', 'load', 60, { id: '0x1' }),
      timing('e', 'load', 40, { id: '0x1' }),
      timing('b', 'load', 10, { id: '0x1' }),
      timing('b', 'begun', 5, { id: '0x2' }),
      timing('e', 'ended', 6, { id: '0x3' }),
      timing('b', 'empty', 10, { id: '0x4' }),
      timing('e', 'empty', 10, { id: '0x4' }),
      timing('b', 'timed', 20, { id: '0x5', cat: 'blink.console' }),
      timing('e', 'timed', 30, { id: '0x5', cat: 'blink.console' }),
      timing('I', 'printed', 25, { cat: 'blink.console' }),
      timing('I', 'of something else', 26, { cat: 'devtools.timeline' }),
    );
    expect(userTimings.map(({ name, startMs, durationMs }) => [name, startMs, durationMs])).toEqual([
      ['load', 10, 30],
      ['empty', 10, 0],
      ['timed', 20, 10],
      ['load', 60, 30],
    ]);
  });

  test('of a measure that began before the trace no end takes a later begin', async () => {
    const { userTimings } = await tracksOf(
      mainThread,
      task(0, 1),
      ...[5, 7, 9].map((ms) => timed('e', ms)),
      ...[6, 8].map((ms) => timed('b', ms)),
      // The first of these lost its end, and takes no other's.
      ...[20, 21, 30].map((ms) => timed('b', ms)),
      ...[22, 31].map((ms) => timed('e', ms)),
    );
    expect(userTimings.map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([
      [6, 1],
      [8, 1],
      [21, 1],
      [30, 1],
    ]);
  });

  test('hold what the server says of itself', async () => {
    const { tracks } = await drawn({
      events: [mainThread, task(0, 1)],
      server: [
        served(10, 60, { path: '/report' }),
        blocked(20, 30, { kind: 'database' }),
        blocked(70, 30, { kind: 'unknown', cpuUs: 0 }),
        query(20, 30),
      ],
    });
    const common = { startMs: 20, durationMs: 30 };
    expect(tracks.server).toEqual({
      requests: [{ name: 'GET /report', detail: '', startMs: 10, durationMs: 50, onLoop: false }],
      blocks: [
        { name: 'work', detail: 'database', ...common, onLoop: false },
        { name: 'work', detail: 'starved', startMs: 70, durationMs: 30, onLoop: false },
      ],
      queries: [{ name: 'SELECT ?', detail: '', ...common, onLoop: true }],
      waits: [],
      spans: [],
    });
  });

  test('name what the server does not name by its route, its innermost line, or what it waited for', async () => {
    const stack = [
      { functionName: 'list', url: 'views.py', line: 12 },
      { functionName: 'dispatch', url: 'base.py' },
    ];
    const [begin = {}, end = {}] = served(10, 60, { path: '' });
    const [later = {}, ended = {}] = served(20, 60, { path: '' });
    const { tracks } = await drawn({
      events: [mainThread, task(0, 1)],
      server: [
        [{ ...begin, args: { method: 'GET', route: '/orders/:id', path: '' } }, end],
        [{ ...later, args: { method: 'GET', route: '/orders/:id', path: '/orders/17?key=secret' } }, ended],
        [blocked(20, 30, { stack }), blocked(70, 30, { stack: stack.slice(1) }), query(20, 30, { stack })],
        executorWait(12, 14),
        [
          instant('inpact.span', 40, {
            ph: 'b',
            id: 's',
            args: { name: 'render', kind: 'template' },
            ...SERVER,
          }),
          instant('inpact.span', 45, { ph: 'e', id: 's', args: {}, ...SERVER }),
        ],
      ],
    });
    const { requests, blocks, queries, waits, spans } = tracks.server ?? {};
    expect(
      [requests, blocks, queries, waits, spans].map((marks) =>
        marks?.map(({ name, detail }) => [name, detail]),
      ),
    ).toEqual([
      [
        ['GET /orders/:id', ''],
        ['GET /orders/17?key=[6 characters]', ''],
      ],
      [
        ['work', 'list views.py:12'],
        ['work', 'dispatch base.py'],
      ],
      [['SELECT ?', 'list views.py:12']],
      [['view', 'waited for a thread']],
      [['render', 'template']],
    ]);
  });

  test('count from the first event, as the result does', async () => {
    const { trace, tracks } = await drawn({ events: [mainThread, task(50, 80)] });
    expect(trace.firstEventUs).toBe(clock(0));
    expect(tracks.threads[0]?.spans.startMs[0]).toBe(trace.longTasks.tasks[0]?.startMs);
  });
});
