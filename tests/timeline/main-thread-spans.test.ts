import { describe, expect, test } from 'vitest';
import type { MainThread } from '../../src/result/trace-result.ts';
import { commit, navigationStart, scriptRequest, started } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, PAGE, task, threadName, type TraceEvent } from '../support/trace-events.ts';

const page = (pid: number): { readonly frame: string; readonly pid: number } => ({ frame: PAGE.frame, pid });
const renderer = (pid: number): TraceEvent => threadName(pid, PAGE.tid, 'CrRendererMain');

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

async function mainThreadOf(...events: Events): Promise<MainThread | undefined> {
  const facts = await factsOf(instant('Begin', 0), ...events, instant('End', 1000));
  const { mainThread } = describeTrace('trace.json', facts);
  return 'pid' in mainThread ? mainThread : undefined;
}

/** Process, and from when to when it was the page's. */
const spansOf = async (...events: Events): Promise<readonly unknown[]> =>
  (await mainThreadOf(...events))?.spans.map(({ pid, fromMs, toMs }) => [pid, fromMs, toMs]) ?? [];

describe('a process is the page’s', () => {
  test('all the time, where the page stays', async () => {
    expect(await spansOf(started(page(10)))).toEqual([[10, 0, 1000]]);
  });

  test('all the time, where the page goes on in the same', async () => {
    expect(await spansOf(started(page(10)), commit(300, page(10)))).toEqual([[10, 0, 1000]]);
  });

  test('until the page goes on in another', async () => {
    const events = [started(page(10)), renderer(20), commit(600, page(20)), commit(300, page(10))];
    expect(await spansOf(...events)).toEqual([
      [10, 0, 600],
      [20, 600, 1000],
    ]);
  });

  test('not before the first commit, where the page was empty then, and elsewhere', async () => {
    const empty = started({ ...page(10), url: 'about:blank' });
    expect(await spansOf(empty, renderer(20), commit(300, page(20)))).toEqual([[20, 300, 1000]]);
  });

  test('until the first commit, where a page was open before', async () => {
    expect(await spansOf(started(page(10)), renderer(20), commit(300, page(20)))).toEqual([
      [10, 0, 300],
      [20, 300, 1000],
    ]);
  });

  test('twice, where the page comes back', async () => {
    const events = [started(page(10)), renderer(20), commit(300, page(20)), commit(600, page(10))];
    expect(await spansOf(...events)).toEqual([
      [10, 0, 300],
      [20, 300, 600],
      [10, 600, 1000],
    ]);
  });
});

test('tasks are counted all the same, within the spans and outside', async () => {
  const events = [started(page(10)), renderer(20), commit(600, page(20)), commit(300, page(10))];
  const facts = await factsOf(...events, task(700, 80), task(100, 90, { pid: 20 }));
  const { longTasks, mainThread } = describeTrace('trace.json', facts);
  expect(longTasks.count).toBe(2);
  expect(mainThread).toMatchObject({ taskCount: 2 });
});

describe('in old traces', () => {
  test('the page that tracing started in may stand beside the data', async () => {
    const start = instant('TracingStartedInPage', 1, { args: { page: 'F' } });
    expect(await mainThreadOf(renderer(PAGE.pid), start)).toMatchObject({ how: 'tracing-started-in-page' });
  });

  test('a navigation of a left-behind renderer gives way to the one that sent the first request', async () => {
    const events = [
      navigationStart(1, { id: '1', url: 'about:blank', frame: 'BLANK', pid: 20 }),
      navigationStart(5, { id: '2', url: 'https://page.test/' }),
      scriptRequest(9, 'late', { pid: 30 }),
      scriptRequest(6, 'a'),
    ];
    expect(await mainThreadOf(renderer(10), renderer(20), renderer(30), ...events)).toMatchObject({
      pid: PAGE.pid,
      how: 'navigation-start',
    });
  });

  test('a navigation without an address is that of an empty document', async () => {
    const events = [
      navigationStart(1, { id: '1', url: '', pid: 20 }),
      navigationStart(5, { id: '2', url: 'https://page.test/' }),
    ];
    expect(await mainThreadOf(renderer(20), renderer(10), ...events)).toMatchObject({ pid: PAGE.pid });
  });

  test('a thread without a name is the main one if it wrote of its page', async () => {
    const start = instant('TracingStartedInPage', 1, { tid: 775, args: { data: { page: 'F' } } });
    expect(await mainThreadOf(start)).toMatchObject({ pid: PAGE.pid, tid: 775 });
  });

  test('the frame’s process may have been starting when tracing did', async () => {
    const frames = [{ frame: 'MAIN', url: 'https://page.test/', processPseudoId: '0xf' }];
    const events = [
      instant('TracingStartedInBrowser', 0, { args: { data: { frames } } }),
      instant('ProcessReadyInBrowser', 5, { args: { data: { processPseudoId: '0xf', processId: 10 } } }),
    ];
    expect(await mainThreadOf(renderer(10), ...events)).toMatchObject({
      pid: 10,
      how: 'tracing-started-in-browser',
    });
  });
});
