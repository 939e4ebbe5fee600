import { describe, expect, test } from 'vitest';
import type { NavigationInp } from '../../src/result/trace-result.ts';
import { clickAt, commit, commitLoad, navigationStart, started, type TestFrame } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, PAGE, type TraceEvent } from '../support/trace-events.ts';

const MAIN: TestFrame = { frame: PAGE.frame, pid: PAGE.pid, url: 'https://page.test/first' };
const at = (url: string): TestFrame => ({ ...MAIN, url });
const SECOND = 'https://page.test/second';

const navigationsOf = async (
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly NavigationInp[]> =>
  describeTrace('trace.json', await factsOf(started(MAIN), ...events)).inpPerNavigation;

/** Kind, path, start in ms, count, and INP in ms. */
const brief = (navigations: readonly NavigationInp[]): readonly unknown[] =>
  navigations.map(({ kind, url, startMs, interactionCount, inp }) => [
    kind,
    url.replace('https://page.test', ''),
    startMs,
    interactionCount,
    'durationMs' in inp ? inp.durationMs : inp.unavailable,
  ]);

const load = (id: string, url: string, start: number, committed: number): readonly TraceEvent[] => [
  navigationStart(start, { id, url }),
  commit(committed, at(url)),
];

test('each document has an INP of its own', async () => {
  const events = [
    clickAt(10, { end: 90 }),
    load('2', SECOND, 100, 120),
    clickAt(200),
    clickAt(300, { end: 340 }),
  ];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['already-open', '/first', 0, 1, 80],
    ['load', '/second', 100, 2, 40],
  ]);
});

test('a click during a slow navigation is the old document’s, until the new one is committed', async () => {
  const events = [load('2', SECOND, 100, 900), clickAt(500), clickAt(950)];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['already-open', '/first', 0, 1, 16],
    ['load', '/second', 100, 1, 16],
  ]);
});

test('a click that ends on the next document is the one’s that the user left', async () => {
  const events = [clickAt(95, { end: 300 }), load('2', SECOND, 100, 120)];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['already-open', '/first', 0, 1, 205],
    ['load', '/second', 100, 0, 'no-interactions'],
  ]);
});

test('what was open at the start is left out where nothing happened in it', async () => {
  expect(brief(await navigationsOf(load('2', SECOND, 100, 120)))).toEqual([
    ['load', '/second', 100, 0, 'no-interactions'],
  ]);
});

test('a trace without navigation and without interaction tells of what was open', async () => {
  expect(brief(await navigationsOf())).toEqual([['already-open', '/first', 0, 0, 'no-interactions']]);
});

describe('no navigation of its own is', () => {
  test('the empty document that a frame begins with', async () => {
    const events = [navigationStart(90, { id: '1', url: '' }), load('2', SECOND, 100, 120)];
    expect(await navigationsOf(...events)).toHaveLength(1);
  });

  test('a start that Chrome writes again', async () => {
    const events = [load('2', SECOND, 100, 120), navigationStart(100, { id: '2', url: SECOND })];
    expect(await navigationsOf(...events)).toHaveLength(1);
  });

  test('one in an iframe', async () => {
    const inner = { frame: 'INNER', parent: PAGE.frame, pid: PAGE.pid };
    const events = [navigationStart(50, { id: '9', url: SECOND, frame: 'INNER' }), commit(60, inner)];
    expect(brief(await navigationsOf(...events))).toEqual([
      ['already-open', '/first', 0, 0, 'no-interactions'],
    ]);
  });
});

test('a document from the back/forward cache is told by its restoration: it has no start', async () => {
  const restored = instant('BackForwardCache::RestoreEntry', 399, { pid: 1, ph: 'X', dur: 5 });
  const events = [load('2', SECOND, 100, 120), restored, commit(400, MAIN), clickAt(500)];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['load', '/second', 100, 0, 'no-interactions'],
    ['back-forward-cache', '/first', 400, 1, 16],
  ]);
});

const restored = (ms: number): TraceEvent =>
  instant('BackForwardCache::RestoreEntry', ms, { pid: 1, ph: 'X', dur: 5 });

test('of several restorations each is its own document’s, and a commit without one is a load', async () => {
  const events = [
    commit(600, at(SECOND)),
    restored(199),
    commit(400, MAIN),
    commit(200, at(SECOND)),
    restored(600),
  ];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['back-forward-cache', '/second', 200, 0, 'no-interactions'],
    ['load', '/first', 400, 0, 'no-interactions'],
    ['back-forward-cache', '/second', 600, 0, 'no-interactions'],
  ]);
});

test('documents come in the order in which they were shown, wherever their events stand', async () => {
  const third = 'https://page.test/third';
  const events = [load('3', third, 300, 330), clickAt(310), load('2', SECOND, 100, 120), clickAt(330)];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['load', '/second', 100, 1, 16],
    ['load', '/third', 300, 1, 16],
  ]);
});

test('of the commits after a start that to its address is its own, and else the first', async () => {
  const other = 'https://page.test/other';
  const [start, own] = load('2', SECOND, 100, 160);
  expect(
    brief(await navigationsOf(start ?? {}, commit(90, at(other)), commit(130, at(other)), own ?? {})),
  ).toEqual([
    ['load', '/other', 90, 0, 'no-interactions'],
    ['load', '/other', 130, 0, 'no-interactions'],
    ['load', '/second', 100, 0, 'no-interactions'],
  ]);
  const moved = 'https://page.test/moved';
  expect(brief(await navigationsOf(start ?? {}, commit(130, at(moved)), commit(150, at(other))))).toEqual([
    ['load', '/moved', 100, 0, 'no-interactions'],
    ['load', '/other', 150, 0, 'no-interactions'],
  ]);
});

const oldStart = (ms: number, url: string): TraceEvent =>
  instant('navigationStart', ms, {
    ph: 'R',
    args: { frame: PAGE.frame, data: { documentLoaderURL: url } },
  });

test('starts without an id, as before 2019, are told apart by their times', async () => {
  const events = [
    oldStart(100, SECOND),
    oldStart(100, SECOND),
    commit(120, at(SECOND)),
    oldStart(300, MAIN.url ?? ''),
    commit(320, MAIN),
  ];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['load', '/second', 100, 0, 'no-interactions'],
    ['load', '/first', 300, 0, 'no-interactions'],
  ]);
});

test('a commit that says no address is none', async () => {
  expect(await navigationsOf(commit(120, at('')))).toMatchObject([{ kind: 'already-open' }]);
});

test('what was open is told by the address that the frame had when tracing started, at first', async () => {
  const again = started({ ...MAIN, url: SECOND }).map((event) => ({ ...event, ts: clock(40) }));
  expect(brief(await navigationsOf(again, clickAt(10)))).toEqual([['already-open', '/first', 0, 1, 16]]);
});

test('a prerendered document counts from its activation', async () => {
  const next: TestFrame = { frame: 'NEXT', pid: 20, url: SECOND, isPrerendered: true };
  const prerendering = [
    navigationStart(50, { id: '5', url: SECOND, frame: 'NEXT', pid: 20 }),
    commit(60, next),
  ];
  const events = [prerendering, clickAt(100), commit(300, next), clickAt(400, { frame: 'NEXT', pid: 20 })];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['already-open', '/first', 0, 1, 16],
    ['prerender-activation', '/second', 300, 1, 16],
  ]);
});

test('after an activation the page goes on in the frame that was prerendered', async () => {
  const next: TestFrame = { frame: 'NEXT', pid: 20, url: SECOND, isPrerendered: true };
  const third = 'https://page.test/third';
  const never: TestFrame = { frame: 'NEVER', pid: 30, url: 'https://page.test/never', isPrerendered: true };
  const events = [
    navigationStart(50, { id: '5', url: SECOND, frame: 'NEXT', pid: 20 }),
    commit(60, next),
    commit(300, { ...next, isPrerendered: false }),
    navigationStart(500, { id: '6', url: third, frame: 'NEXT', pid: 20 }),
    commit(520, { ...next, isPrerendered: false, url: third }),
    navigationStart(600, { id: '7', url: never.url ?? '', frame: 'NEVER', pid: 30 }),
    commit(610, never),
    clickAt(700, { frame: 'NEXT', pid: 20 }),
    // Its start was not recorded.
    commit(800, { ...next, isPrerendered: false }),
  ];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['prerender-activation', '/second', 300, 0, 'no-interactions'],
    ['load', '/third', 500, 1, 16],
    ['load', '/second', 800, 0, 'no-interactions'],
  ]);
});

test('a redirect leads to another address than the one that was asked for', async () => {
  const asked = navigationStart(100, { id: '2', url: 'https://page.test/old' });
  expect(brief(await navigationsOf(asked, commit(120, at(SECOND))))).toEqual([
    ['load', '/second', 100, 0, 'no-interactions'],
  ]);
});

test('a navigation is told by its commit where starts were not recorded', async () => {
  expect(brief(await navigationsOf(commit(120, at(SECOND)), clickAt(200)))).toEqual([
    ['load', '/second', 120, 1, 16],
  ]);
});

test('the renderer’s commit counts where the browser’s was not recorded', async () => {
  const events = [navigationStart(100, { id: '2', url: SECOND }), commitLoad(300, at(SECOND)), clickAt(200)];
  expect(brief(await navigationsOf(...events))).toEqual([
    ['already-open', '/first', 0, 1, 16],
    ['load', '/second', 100, 0, 'no-interactions'],
  ]);
});

test('addresses leave without what may be secret in them', async () => {
  const [found] = await navigationsOf(load('2', 'https://me:pw@page.test/?token=abc', 100, 120));
  expect(found?.url).toBe('https://page.test/?token=[3 characters]');
});

const clicks = (count: number): readonly TraceEvent[] =>
  Array.from({ length: count }, (_, index) =>
    clickAt(1000 + index * 1000, { end: 1000 + index * 1000 + 100 + index }),
  ).flat();

describe('INP is the slowest interaction', () => {
  test.each([
    [49, true, 148],
    [50, false, 148],
    [100, false, 197],
  ])('of %i interactions: %s', async (count, isInpSlowest, durationMs) => {
    const [found] = await navigationsOf(clicks(count));
    expect(found).toMatchObject({ interactionCount: count, isInpSlowest, inp: { durationMs } });
  });
});
