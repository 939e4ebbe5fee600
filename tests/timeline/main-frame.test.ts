import { describe, expect, test } from 'vitest';
import type { MainFrame } from '../../src/timeline/page/main-frame.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, PAGE, task, threadName, type TraceEvent } from '../support/trace-events.ts';

const BOTH = { isOutermostMainFrame: true, isInPrimaryMainFrame: true };
const MAIN_TID = 1;

const renderer = (pid: number): TraceEvent => threadName(pid, MAIN_TID, 'CrRendererMain');

const started = (frames: readonly TraceEvent[], ms = 0): TraceEvent =>
  instant('TracingStartedInBrowser', ms, { args: { data: { frames } } });

const frame = (id: string, processId: number, flags: TraceEvent = BOTH): TraceEvent => ({
  frame: id,
  processId,
  url: `https://${id}.test/`,
  ...flags,
});

/** A recording of a load begins with it. */
const BLANK = frame('main', 10, { ...BOTH, url: 'about:blank' });

const commit = (id: string, processId: number, ms: number): TraceEvent =>
  instant('FrameCommittedInBrowser', ms, { args: { data: { frame: id, processId } } });

const nextPage = (isShown: boolean, ms: number): TraceEvent =>
  instant('FrameCommittedInBrowser', ms, {
    args: {
      data: { frame: 'next', processId: 20, isOutermostMainFrame: true, isInPrimaryMainFrame: isShown },
    },
  });

const mainFrameOf = async (...events: readonly TraceEvent[]): Promise<MainFrame | undefined> =>
  (await factsOf(events)).mainFrame;

const pidsOf = async (...events: readonly TraceEvent[]): Promise<readonly number[]> =>
  (await mainFrameOf(...events))?.threads.map(({ pid }) => pid) ?? [];

const RENDERERS = [renderer(10), renderer(20), renderer(30)];

describe('the flags of the frames', () => {
  test('the outermost frame of the primary page is the main one', async () => {
    const frames = [
      frame('prerendered', 20, { isOutermostMainFrame: true, isInPrimaryMainFrame: false }),
      frame('main', 10),
      frame('inner', 30, { isOutermostMainFrame: false, isInPrimaryMainFrame: true, parent: 'main' }),
    ];
    expect(await mainFrameOf(...RENDERERS, started(frames))).toMatchObject({
      frame: 'main',
      threads: [{ pid: 10, tid: MAIN_TID }],
      how: 'tracing-started-in-browser',
    });
  });

  test('an outermost frame that is not shown, such as a prerendered one, does not win by coming last', async () => {
    const frames = [
      frame('main', 10),
      frame('prerendered', 20, { isOutermostMainFrame: true, isInPrimaryMainFrame: false }),
    ];
    expect(await pidsOf(...RENDERERS, started(frames))).toEqual([10]);
  });

  test('a frame without a parent is better than none, though it has no address', async () => {
    const frames = [frame('blank', 20, { url: '' }), frame('inner', 30, { parent: 'blank' })];
    expect(await pidsOf(...RENDERERS, started(frames))).toEqual([20]);
  });

  test('the last of several wins', async () => {
    expect(await pidsOf(...RENDERERS, started([frame('old', 10), frame('new', 20)]))).toEqual([20]);
  });

  test('the last of several processes of one frame wins', async () => {
    expect(await pidsOf(...RENDERERS, started([frame('main', 10), frame('main', 20)]))).toEqual([20]);
  });

  test('without the newer flag, the outermost frame is the main one', async () => {
    const frames = [
      frame('main', 10, { isOutermostMainFrame: true }),
      frame('inner', 20, { parent: 'main' }),
    ];
    expect(await pidsOf(...RENDERERS, started(frames))).toEqual([10]);
  });

  test('without flags, a frame without a parent is the main one, best with an address', async () => {
    const frames = [
      frame('main', 10, {}),
      frame('blank', 20, { url: '' }),
      frame('inner', 30, { parent: 'main' }),
    ];
    expect(await pidsOf(...RENDERERS, started(frames))).toEqual([10]);
  });

  test('of several starts of tracing the latest counts, wherever it stands', async () => {
    const late = started([frame('new', 20)], 50);
    expect(await pidsOf(...RENDERERS, late, started([frame('old', 10)], 5))).toEqual([20]);
  });
});

const pseudo = (name: string, ms: number, data: TraceEvent): TraceEvent =>
  instant(name, ms, { args: { data: { processPseudoId: '0xf', ...data } } });

describe('commits', () => {
  test("every process to which the main frame was committed is the page's, in order of time", async () => {
    const pids = await pidsOf(
      ...RENDERERS,
      started([BLANK]),
      commit('main', 30, 200),
      commit('main', 20, 100),
      commit('other', 10, 150),
      commit('main', 30, 300),
    );
    expect(pids).toEqual([20, 30]);
  });

  test.each(['', 'about:blank'])(
    'the process of an empty page with address “%s” is not the page’s',
    async (url) => {
      const empty = started([{ ...BLANK, url }]);
      expect(await pidsOf(...RENDERERS, empty, commit('main', 20, 1))).toEqual([20]);
      expect(await pidsOf(...RENDERERS, empty, commit('main', 20, 1), commit('main', 10, 2))).toEqual([
        10, 20,
      ]);
    },
  );

  test('the process of a page that was left to record its reload is not the page’s', async () => {
    const reloaded = started([frame('main', 20, { ...BOTH, url: 'about:blank' }), frame('main', 10)]);
    expect(await pidsOf(...RENDERERS, reloaded, commit('main', 20, 500))).toEqual([20]);
  });

  test('the process of a page that was open is the page’s, wherever that goes on', async () => {
    const events = [started([frame('main', 10)]), commit('main', 20, 10_000)];
    expect(await pidsOf(...RENDERERS, ...events)).toEqual([10, 20]);
    const { longTasks } = describeTrace(
      'trace.json',
      await factsOf(RENDERERS, events, task(5000, 600, { pid: 10, tid: MAIN_TID })),
    );
    expect(longTasks).toMatchObject({ count: 1, totalBlockingTimeMs: 550 });
  });

  test('a prerendered page takes the place of the first when it is shown, and not before', async () => {
    const before = [...RENDERERS, started([frame('main', 10)]), commit('main', 10, 1), nextPage(false, 5)];
    expect(await pidsOf(...before)).toEqual([10]);
    expect(await pidsOf(...before, nextPage(true, 50))).toEqual([10, 20]);
  });

  test('of another page, which was not prerendered, do not take its place', async () => {
    const before = [...RENDERERS, started([frame('main', 10)])];
    expect(await pidsOf(...before, nextPage(true, 50))).toEqual([10]);
    // Nor was it prerendered if it waited only afterwards.
    expect(await pidsOf(...before, nextPage(true, 50), nextPage(false, 60))).toEqual([10]);
  });

  test('a process that was still starting is known by its pseudo id', async () => {
    const pids = await pidsOf(
      pseudo('ProcessReadyInBrowser', 90, { processId: 20 }),
      ...RENDERERS,
      started([BLANK]),
      pseudo('FrameCommittedInBrowser', 80, { frame: 'main' }),
    );
    expect(pids).toEqual([20]);
  });

  test('the result names the last process first, and all in order', async () => {
    const events = [...RENDERERS, started([frame('main', 10)]), commit('main', 10, 1), commit('main', 20, 2)];
    expect(describeTrace('trace.json', await factsOf(events)).mainThread).toMatchObject({
      pid: 20,
      tid: MAIN_TID,
      how: 'tracing-started-in-browser',
      processes: [10, 20],
    });
  });
});

const inPage = (pid: number, page: string, ms: number): TraceEvent =>
  instant('TracingStartedInPage', ms, { pid, args: { data: { page } } });

const navigation = (pid: number, ms: number, data: TraceEvent): TraceEvent =>
  instant('navigationStart', ms, { pid, args: { frame: `f${String(pid)}`, data } });

describe("without the browser's word", () => {
  test('the first page in which tracing started is the main one', async () => {
    const found = await mainFrameOf(...RENDERERS, inPage(20, 'second', 9), inPage(10, 'first', 5));
    expect(found).toMatchObject({ frame: 'first', threads: [{ pid: 10 }], how: 'tracing-started-in-page' });
    const reversed = await mainFrameOf(...RENDERERS, inPage(10, 'first', 5), inPage(20, 'second', 9));
    expect(reversed).toMatchObject({ frame: 'first' });
  });

  test('a page that was open when tracing started in it was the page’s there', async () => {
    const open = instant('TracingStartedInPage', 5, {
      pid: 10,
      args: { data: { page: 'main', frames: [frame('main', 10)] } },
    });
    expect(await pidsOf(...RENDERERS, open, commit('main', 20, 100))).toEqual([10, 20]);
    expect(await pidsOf(...RENDERERS, inPage(10, 'main', 5), commit('main', 20, 100))).toEqual([20]);
  });

  test('the first navigation of a main frame says where the page is', async () => {
    const found = await mainFrameOf(
      ...RENDERERS,
      navigation(30, 9, { isLoadingMainFrame: true }),
      navigation(10, 1, { isLoadingMainFrame: false }),
      navigation(20, 5, {}),
    );
    expect(found).toMatchObject({ frame: 'f20', threads: [{ pid: 20 }], how: 'navigation-start' });
  });

  test("the busiest renderer is taken for the page's", async () => {
    const found = await mainFrameOf(
      ...RENDERERS,
      task(0, 10, { pid: 10 }),
      task(0, 30, { pid: 20 }),
      task(50, 30, { pid: 20 }),
      task(0, 40, { pid: 30 }),
      task(0, 900, { pid: 40 }),
    );
    expect(found).toMatchObject({
      frame: undefined,
      spans: [{ pid: 20, tid: MAIN_TID, from: undefined, to: undefined }],
      threads: [{ pid: 20, tid: MAIN_TID }],
      how: 'busiest-renderer-main-thread',
    });
  });

  test('without any renderer there is no main thread, and the result says so', async () => {
    const events = [threadName(1, 1, 'CrBrowserMain'), task(0, 900, { pid: 1 })];
    expect(describeTrace('trace.json', await factsOf(events))).toMatchObject({
      mainThread: { unavailable: 'no-renderer-main-thread' },
      longTasks: {
        count: { unavailable: 'no-renderer-main-thread' },
        totalBlockingTimeMs: { unavailable: 'no-renderer-main-thread' },
        longestMs: { unavailable: 'no-tasks' },
      },
    });
  });
});

test('a busier renderer of a third party is never taken for the page', async () => {
  const events = [...mainThread, renderer(20), task(0, 900, { pid: 20 }), task(0, 10)];
  expect(await pidsOf(...events)).toEqual([PAGE.pid]);
});

test('a rule that leads to no main thread gives way to the next', async () => {
  const found = await mainFrameOf(renderer(20), started([frame('main', 10)]), task(0, 1, { pid: 20 }));
  expect(found?.how).toBe('busiest-renderer-main-thread');
});

test("with a single process the browser's main thread is the page's", async () => {
  const found = await mainFrameOf(threadName(10, 7, 'CrBrowserMain'), started([frame('main', 10)]));
  expect(found?.threads).toEqual([{ pid: 10, tid: 7 }]);
});

test('thread names may come last', async () => {
  expect(await pidsOf(started([frame('main', 10)]), task(0, 1), renderer(10))).toEqual([10]);
});
