import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { ChainSegment } from '../../src/result/chain-result.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { arrowsOf } from '../../viewer/layout/chain-arrows.ts';
import { CATEGORY_COUNT, pageOverview } from '../../viewer/layout/overview-bins.ts';
import { mainThreadIn, threadIndex, threadTrackId } from '../../viewer/layout/own-threads.ts';
import { traceResult } from '../support/loads.ts';
import { columns, type DrawnSpan, label, pageTracks } from '../support/span-columns.ts';

const thread = (pid: number, ...spans: readonly DrawnSpan[]): Tracks['threads'][number] => ({
  pid,
  tid: 1,
  name: 'CrRendererMain',
  processName: 'Renderer',
  role: 'page',
  spans: columns(...spans),
});

/** The page moved at 600 ms. The thread that it moved to did more, in more spans, and so is the first of the tracks. */
const [FIRST, SECOND] = [1, 2];
const TRACKS: Tracks = {
  ...pageTracks(columns(), [label('task', 'task')]),
  threads: [thread(SECOND, [0, 300], [610, 100], [720, 100]), thread(FIRST, [400, 50])],
};
const MOVED = traceResult({
  mainThread: {
    pid: FIRST,
    tid: 1,
    how: 'navigation-start',
    processes: [FIRST, SECOND],
    taskCount: 4,
    spans: [
      { pid: FIRST, tid: 1, fromMs: 0, toMs: 600 },
      { pid: SECOND, tid: 1, fromMs: 600, toMs: 1000 },
    ],
  },
});

test('a thread is found by its process and its number, whatever else comes first', () => {
  expect(threadIndex(TRACKS, { pid: FIRST, tid: 1 })).toBe(1);
  expect(threadTrackId(TRACKS, { pid: FIRST, tid: 1 })).toBe('thread-1');
  expect(threadIndex(TRACKS, { pid: FIRST, tid: 2 })).toBeUndefined();
});

test.each([
  ['before the page moved', { startMs: 380, endMs: 500 }, FIRST],
  ['after it', { startMs: 700, endMs: 720 }, SECOND],
  ['across the move, mostly before', { startMs: 400, endMs: 700 }, FIRST],
  ['beyond the end', { startMs: 1010, endMs: 1020 }, SECOND],
])('the main thread of a range is the one that was the page’s then: %s', (_, range, pid) => {
  expect(mainThreadIn(MOVED, TRACKS, range)?.pid).toBe(pid);
});

test('where the trace does not say which was the page’s, the busiest thread stands for it', () => {
  const unknown = { mainThread: unavailable('no-renderer-main-thread') };
  expect(mainThreadIn(unknown, TRACKS, { startMs: 0, endMs: 1 })?.pid).toBe(SECOND);
  expect(mainThreadIn(unknown, { threads: [] }, { startMs: 0, endMs: 1 })).toBeUndefined();
});

test('the overview shows each main thread for as long as it was the page’s', () => {
  const bins = pageOverview(MOVED, TRACKS);
  const busyMs = (fromMs: number, toMs: number): number =>
    Array.from(bins?.shares ?? [])
      .filter((_, at) => {
        const ms = Math.floor(at / CATEGORY_COUNT) * (1000 / (bins?.binCount ?? 1));
        return ms >= fromMs && ms < toMs;
      })
      .reduce((sum, share) => sum + share * (1000 / (bins?.binCount ?? 1)), 0);
  // What the second did before it was the page's is not the page's.
  expect(busyMs(0, 390)).toBe(0);
  expect(busyMs(390, 600)).toBeCloseTo(50, 3);
  expect(busyMs(600, 1000)).toBeCloseTo(200, 3);
  expect(pageOverview(MOVED, { ...TRACKS, threads: [] })).toBeUndefined();
});

const segment = (kind: ChainSegment['kind'], startMs: number): ChainSegment => ({
  kind,
  startMs,
  durationMs: 10,
  evidence: 'proven',
  request: null,
});

test('the arrows of an interaction go from and to the thread that handled it', () => {
  const segments = [segment('handler', 0), segment('waiting', 10), segment('responseHandler', 20)];
  const tops = new Map([
    ['network', 0],
    ['thread-0', 100],
    ['thread-1', 200],
  ]);
  const paths = (own: string | undefined): readonly string[] =>
    arrowsOf(segments, { x: (ms) => ms, tops, thread: own }).map(({ path }) => path);
  expect(paths('thread-1')).toEqual(['M10 209C24 209 -4 9 10 9', 'M20 9C34 9 6 209 20 209']);
  // A thread that is folded away, or of which nothing is drawn, has no place to draw them to.
  expect(paths('thread-2')).toEqual([]);
  expect(paths(undefined)).toEqual([]);
});
