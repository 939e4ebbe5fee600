import { describe, expect, test } from 'vitest';
import { clickAt, commit, commitLoad, started, type TestFrame } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { PAGE, threadName, type TraceEvent } from '../support/trace-events.ts';

const MAIN: TestFrame = { frame: PAGE.frame, pid: PAGE.pid };
const OTHER_PID = 20;

/** The frame kinds of the page's interactions. Empty where the click is not the page's. */
async function framesOf(
  click: { readonly frame: string; readonly pid: number },
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly unknown[]> {
  const result = describeTrace('trace.json', await factsOf(...events, clickAt(100, click)));
  return result.interactions.map(({ frame }) => frame);
}

describe('a click is the page’s', () => {
  test('in its main frame', async () => {
    expect(await framesOf(MAIN, started(MAIN))).toEqual(['main-frame']);
  });

  test('in an iframe in the same process', async () => {
    const inner = { frame: 'INNER', parent: PAGE.frame, pid: PAGE.pid };
    expect(await framesOf(inner, started(MAIN, inner))).toEqual(['iframe']);
  });

  test('in an iframe of another process, which was there from the start', async () => {
    const inner = { frame: 'INNER', parent: PAGE.frame, pid: OTHER_PID };
    expect(await framesOf(inner, started(MAIN, inner))).toEqual(['out-of-process-iframe']);
  });

  test('in an iframe that came later, below another iframe, wherever the events stand', async () => {
    const inner = { frame: 'INNER', parent: PAGE.frame, pid: OTHER_PID };
    const innermost = { frame: 'INNERMOST', parent: 'INNER', pid: 30 };
    const events = [commit(60, innermost), commit(50, inner), started(MAIN)];
    expect(await framesOf(innermost, ...events)).toEqual(['out-of-process-iframe']);
  });

  test('in an iframe of which only its renderer tells', async () => {
    const inner = { frame: 'INNER', parent: PAGE.frame, pid: PAGE.pid };
    expect(await framesOf(inner, started(MAIN), commitLoad(50, inner))).toEqual(['iframe']);
  });

  test('in an iframe that was moved into another process, as it was then', async () => {
    const before = { frame: 'INNER', parent: PAGE.frame, pid: PAGE.pid };
    const after = { ...before, pid: OTHER_PID };
    const events = [started(MAIN, before), commit(50, after)];
    expect(await framesOf(after, ...events)).toEqual(['out-of-process-iframe']);
    expect(await framesOf(before, ...events)).toEqual(['iframe']);
  });

  test('in a page that was prerendered for it', async () => {
    const next = { frame: 'NEXT', pid: OTHER_PID, isPrerendered: true };
    expect(await framesOf(next, started(MAIN), commit(50, next))).toEqual(['main-frame']);
  });

  test('in a fenced frame, whose tree is one of its own', async () => {
    const fenced = { frame: 'FENCED', pid: OTHER_PID, isFenced: true };
    const inner = { frame: 'INNER', parent: 'FENCED', pid: OTHER_PID };
    const events = [
      started(MAIN),
      commit(50, fenced),
      commit(60, inner),
      commitLoad(50, { ...fenced, url: 'x' }),
    ];
    expect(await framesOf(fenced, ...events)).toEqual(['out-of-process-iframe']);
    expect(await framesOf(inner, ...events)).toEqual(['out-of-process-iframe']);
  });

  test('in a frame of which nothing is told, in one of its processes', async () => {
    expect(await framesOf({ frame: 'EMPTY', pid: PAGE.pid }, started(MAIN))).toEqual([
      { unavailable: 'not-recorded' },
    ]);
  });

  test('in any frame, where the trace names none', async () => {
    const renderer = threadName(OTHER_PID, 1, 'CrRendererMain');
    expect(await framesOf({ frame: 'ANY', pid: OTHER_PID }, renderer)).toHaveLength(1);
  });
});

describe('a click is not the page’s', () => {
  test('in the renderer of another tab', async () => {
    expect(await framesOf({ frame: 'TAB', pid: OTHER_PID }, started(MAIN))).toEqual([]);
  });

  test('in another tab that shares the page’s process', async () => {
    const tab = { frame: 'TAB', pid: PAGE.pid };
    expect(await framesOf(tab, started(MAIN), commitLoad(50, tab))).toEqual([]);
  });

  test('in an iframe of another tab', async () => {
    const inner = { frame: 'TAB-INNER', parent: 'TAB', pid: PAGE.pid };
    expect(await framesOf(inner, started(MAIN), commit(50, inner))).toEqual([]);
  });
});

test('an interaction that never ended is counted, of the page only', async () => {
  const open = clickAt(100).slice(0, 1);
  const elsewhere = clickAt(200, { frame: 'TAB', pid: OTHER_PID }).slice(0, 1);
  const facts = await factsOf(started(MAIN), open, elsewhere, clickAt(300));
  const { unfinishedInteractions, interactions } = describeTrace('trace.json', facts);
  expect([unfinishedInteractions, interactions.length]).toEqual([1, 1]);
});

test('an interaction of which one event ended is not unfinished', async () => {
  const release = clickAt(100, { interactionId: 7, asyncId: 'up', type: 'pointerup' });
  const open = clickAt(101, { interactionId: 7 }).slice(0, 1);
  const facts = await factsOf(started(MAIN), release, open);
  expect(describeTrace('trace.json', facts).unfinishedInteractions).toBe(0);
});
