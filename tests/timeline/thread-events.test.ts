import { describe, expect, test } from 'vitest';
import { EVENT_NAMES } from '../../src/timeline/threads/event-names.ts';
import { threadKey } from '../../src/timeline/threads/thread.ts';
import type { SourcePosition } from '../../src/timeline/source-position.ts';
import { stackOf, work } from '../support/rendering.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, PAGE, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly TraceEvent[];

const msOf = (ts: number | undefined): string => String(((ts ?? 0) - clock(0)) / 1000);

/** Each event by name, start and end in ms, indented by how deep it lies. */
async function treeOf(...events: Events): Promise<readonly string[]> {
  const own = (await factsOf(events)).threadEvents.get(threadKey(PAGE));
  if (own === undefined) return [];
  const { names, starts, ends, parents } = own;
  const depthOf = (place: number): number => {
    const parent = parents[place] ?? -1;
    return parent === -1 ? 0 : depthOf(parent) + 1;
  };
  return Array.from(
    names,
    (name, place) =>
      `${'  '.repeat(depthOf(place))}${EVENT_NAMES[name] ?? '?'} ${msOf(starts[place])}–${msOf(ends[place])}`,
  );
}

const edge = (ph: 'B' | 'E', name: string, ms: number): TraceEvent => instant(name, ms, { ph });

describe('the events of a thread', () => {
  test('lie in each other, wherever they stand in the trace', async () => {
    const events = [
      work('Layout', 5, 2),
      work('FunctionCall', 20, 5),
      work('EventDispatch', 0, 10),
      work('Paint', 7, 3),
    ];
    expect(await treeOf(...events)).toEqual([
      'EventDispatch 0–10',
      '  Layout 5–7',
      '  Paint 7–10',
      'FunctionCall 20–25',
    ]);
  });

  test('that end later than what is around them are cut to it: Chrome rounds', async () => {
    expect(await treeOf(work('EventDispatch', 0, 10), work('Layout', 8, 2.001))).toEqual([
      'EventDispatch 0–10',
      '  Layout 8–10',
    ]);
  });

  test('that start together lie in the longest of them', async () => {
    const events = [work('Layout', 0, 2), work('FunctionCall', 0, 4), work('EventDispatch', 0, 6)];
    expect(await treeOf(...events)).toEqual(['EventDispatch 0–6', '  FunctionCall 0–4', '    Layout 0–2']);
  });

  test('of the same bounds lie in each other as Blink and V8 call each other', async () => {
    const events = [
      work('Layout', 0, 5),
      work('v8.callFunction', 0, 5),
      work('FunctionCall', 0, 5),
      work('TimerFire', 0, 5),
    ];
    const tree = ['TimerFire 0–5', '  v8.callFunction 0–5', '    FunctionCall 0–5', '      Layout 0–5'];
    expect(await treeOf(...events)).toEqual(tree);
    expect(await treeOf(...events.toReversed())).toEqual(tree);
  });

  test('that take no time are events all the same', async () => {
    expect(await treeOf(work('EventDispatch', 0, 10), work('Layout', 5, 0), work('Paint', 6, 0))).toEqual([
      'EventDispatch 0–10',
      '  Layout 5–5',
      '  Paint 6–6',
    ]);
  });

  test.each([
    ['without a length', work('FunctionCall', 3, 1, { dur: undefined })],
    ['of a negative length', work('FunctionCall', 3, -1)],
    ['that is an instant', work('FunctionCall', 3, 1, { ph: 'I' })],
    ['without a length, of which nothing is kept', work('Paint', 3, 1, { dur: undefined })],
    ['of a negative length, of which nothing is kept', work('Paint', 3, -1)],
  ])('one %s is none', async (_, event) => {
    expect(await treeOf(event, work('Layout', 5, 2))).toEqual(['Layout 5–7']);
  });
});

describe('begins and ends', () => {
  test('of one name pair like brackets, wherever they stand', async () => {
    const events = [
      edge('E', 'FunctionCall', 9),
      edge('E', 'FunctionCall', 4),
      edge('B', 'FunctionCall', 2),
      edge('B', 'FunctionCall', 1),
      edge('E', 'Layout', 12),
      edge('B', 'Layout', 10),
    ];
    expect(await treeOf(...events)).toEqual(['FunctionCall 1–9', '  FunctionCall 2–4', 'Layout 10–12']);
  });

  test('of several names do not close each other', async () => {
    const events = [edge('B', 'FunctionCall', 1), edge('B', 'Layout', 2), edge('E', 'FunctionCall', 6)];
    expect(await treeOf(...events)).toEqual(['FunctionCall 1–6']);
  });

  test('at the same time are one that took none, or two that touch, as they stand in the trace', async () => {
    expect(await treeOf(edge('B', 'Layout', 1), edge('E', 'Layout', 1))).toEqual(['Layout 1–1']);
    const touching = [
      edge('B', 'Layout', 0),
      edge('E', 'Layout', 1),
      edge('B', 'Layout', 1),
      edge('E', 'Layout', 2),
    ];
    expect(await treeOf(...touching)).toEqual(['Layout 0–1', 'Layout 1–2']);
  });

  test('without a partner are no event', async () => {
    expect(await treeOf(edge('E', 'Layout', 1), work('Paint', 2, 1), edge('B', 'Layout', 4))).toEqual([
      'Paint 2–3',
    ]);
  });
});

/** What the only event says of its line. */
async function positionOf(event: TraceEvent): Promise<SourcePosition | undefined> {
  const facts = await factsOf(event);
  return facts.threadEvents.get(threadKey(PAGE))?.details[0]?.position;
}

const called = (data: TraceEvent): TraceEvent => work('FunctionCall', 0, 5, { args: { data } });

describe('a call', () => {
  test('says which function it runs, and where that begins', async () => {
    const data = { url: 'https://a.test/app.js', functionName: 'run', lineNumber: 3, columnNumber: 7 };
    expect(await positionOf(called(data))).toEqual({
      url: 'https://a.test/app.js',
      functionName: 'run',
      line: 3,
      column: 7,
    });
  });

  test('of old Chrome says it in other words', async () => {
    expect(await positionOf(called({ scriptName: 'https://a.test/old.js', scriptLine: 12 }))).toMatchObject({
      url: 'https://a.test/old.js',
      functionName: '',
      line: 12,
    });
  });

  test.each([
    ['its script only', { url: 'https://a.test/app.js' }, { url: 'https://a.test/app.js', functionName: '' }],
    ['its name only', { functionName: 'eval' }, { url: '', functionName: 'eval' }],
  ])('may say %s', async (_, data, expected) => {
    expect(await positionOf(called(data))).toEqual({ ...expected, line: undefined, column: undefined });
  });

  test('that says neither is of no known function', async () => {
    expect(await positionOf(called({ lineNumber: 3 }))).toBeUndefined();
  });

  test('at line 0, which Chrome gives to native functions, is at no known line', async () => {
    const data = { functionName: 'toString', lineNumber: 0, columnNumber: -1 };
    expect(await positionOf(called(data))).toMatchObject({ line: undefined, column: undefined });
  });
});

test('a layout says its frame and the line that forced it; other events neither', async () => {
  const forced = { ...stackOf('https://a.test/app.js', 'measure', 5), frame: 'F' };
  const facts = await factsOf(
    work('Layout', 0, 5, { args: { beginData: forced } }),
    work('UpdateLayoutTree', 10, 5, { args: { beginData: { frame: 'G' } } }),
    work('Paint', 20, 5, { args: { beginData: forced } }),
  );
  expect(facts.threadEvents.get(threadKey(PAGE))?.details).toMatchObject([
    { frame: 'F', position: { functionName: 'measure', line: 5 } },
    { frame: 'G', position: undefined },
    undefined,
  ]);
});
