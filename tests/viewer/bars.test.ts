import { describe, expect, test } from 'vitest';
import { type Bar, barTrack, placedBars } from '../../viewer/layout/bars.ts';
import { thirdParties } from '../../viewer/layout/third-party.ts';
import { findSpans } from '../../viewer/layout/find-spans.ts';
import { FADED_STYLE, labelStyles, SHOW_ALL, styleOf } from '../../viewer/layout/flame-styles.ts';
import { beside, callerOf, firstInside, spanCard, spanTime } from '../../viewer/layout/span-card.ts';
import { columns, label, pageTracks } from '../support/span-columns.ts';

const bar = (id: string, startMs: number, endMs: number): Bar => ({
  id,
  startMs,
  endMs,
  parts: [{ startMs, endMs, kind: 'waited' }],
  text: id,
  card: { title: id, facts: [] },
});

test('bars that overlap lie in lanes of their own, and a lane is used again', () => {
  const track = barTrack('t', 'T', [bar('a', 0, 10), bar('b', 5, 20), bar('c', 10, 12), bar('d', 11, 30)]);
  expect(track.bars.map(({ id }, index) => [id, track.lanes[index]])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 0],
    ['d', 2],
  ]);
  expect(track.laneCount).toBe(3);
});

test('of bars that begin together the longest lies above', () => {
  const track = barTrack('t', 'T', [bar('short', 5, 10), bar('long', 5, 50)]);
  expect(track.bars.map(({ id }) => id)).toEqual(['long', 'short']);
});

test('what is beyond sixteen lanes shares the last', () => {
  const track = barTrack(
    't',
    'T',
    Array.from({ length: 20 }, (_, index) => bar(String(index), index, 100)),
  );
  expect([track.laneCount, Math.max(...track.lanes)]).toEqual([16, 15]);
});

test('only what is in sight is drawn, and of a thousand in one pixel one', () => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    bar(String(index), 50 + index / 100_000, 50 + index / 100_000),
  );
  const track = barTrack('t', 'T', [bar('before', 0, 5), ...many, bar('after', 90, 95)]);
  const placed = placedBars(track, { startMs: 40, endMs: 60, widthPx: 200 });
  expect(placed).toMatchObject([{ x: 100, width: 2, bar: { id: '0' } }]);
});

test('a wide bar is drawn though it begins in the pixels of a narrow one, and one whose whisker is in sight', () => {
  const view = { startMs: 0, endMs: 1000, widthPx: 1000 };
  const neighbours = barTrack('t', 'T', [bar('narrow', 100, 100.5), bar('wide', 101, 150)]);
  expect(placedBars(neighbours, view).map(({ bar: { id } }) => id)).toEqual(['narrow', 'wide']);
  const whiskered = { ...bar('a', 1100, 1200), whiskers: { startMs: 900, endMs: 1300 } };
  expect(placedBars(barTrack('t', 'T', [whiskered]), view)).toHaveLength(1);
});

test('an empty track says why', () => {
  expect(barTrack('t', 'T', [], 'no request')).toMatchObject({ note: 'no request', laneCount: 1 });
  expect(barTrack('t', 'T', [bar('a', 0, 1)], 'no request').note).toBeUndefined();
});

test.each([
  ['https://cdn.shop.test/a.js', 'https://www.shop.test/', false],
  ['https://ads.test/a.js', 'https://www.shop.test/', true],
  ['http://127.0.0.1:9/a.js', 'http://127.0.0.1:8/', false],
  ['http://10.0.0.1/a.js', 'http://127.0.0.1/', true],
  ['https://ads.test/a.js', 'about:blank', false],
  ['extensions::SafeBuiltins', 'https://www.shop.test/', false],
  ['', 'https://www.shop.test/', false],
])('a script at %s of a page at %s is of a third party: %s', (script, page, expected) => {
  expect(thirdParties(page)(script)).toBe(expected);
});

const LABELS = [
  label('RunTask', 'task'),
  label('paintAll', 'scripting', 'https://ads.test/Ad.js'),
  label('Paint', 'painting'),
];
const TRACKS = pageTracks(
  columns([0, 100, 0, 0, 5], [10, 50, 1, 1], [20, 5, 2, 2], [70, 5, 1, 2], [110, 3, 0, 0]),
  LABELS,
);

function spansFound(text: string): readonly (number | undefined)[] {
  const found = findSpans(TRACKS, text);
  return Array.from({ length: found.length }, (_, index) => found.at(index)?.span);
}

test('a search finds names and scripts in any case', () => {
  expect(spansFound('PAINT')).toEqual([1, 2, 3]);
  expect(spansFound(' ad.js ')).toEqual([1]);
  expect(spansFound('  ')).toEqual([]);
  expect([...findSpans(TRACKS, 'paint').labels]).toEqual([0, 1, 1]);
  const twice = findSpans({ ...TRACKS, threads: [...TRACKS.threads, ...TRACKS.threads] }, 'ad.js');
  expect([twice.at(0), twice.at(1), twice.at(2)]).toEqual([
    { thread: 0, span: 1 },
    { thread: 1, span: 1 },
    undefined,
  ]);
});

test('what is filtered out is faded, and third parties are', () => {
  const page = 'https://shop.test/';
  expect(labelStyles(LABELS, page, SHOW_ALL)[1]).toBe(FADED_STYLE);
  const filter = { leastMs: 10, hidden: new Set(['painting'] as const), fadesThirdParties: false };
  const styles = labelStyles(LABELS, page, filter);
  expect([...styles].map((style) => style === FADED_STYLE)).toEqual([false, false, true]);
  const { spans } = TRACKS.threads[0] ?? { spans: columns() };
  expect(styleOf(4, spans, styles, filter)).toBe(FADED_STYLE);
  expect(styleOf(0, spans, styles, filter)).not.toBe(FADED_STYLE);
});

test('a span of just the least length is not faded, nor is the collector drawn as a function', () => {
  const collector = { ...label('(garbage collector)', 'garbage'), isFunction: true };
  const styles = labelStyles([collector, label('MinorGC', 'garbage')], '', SHOW_ALL);
  expect(styles[0]).toBe(styles[1]);
  const filter = { ...SHOW_ALL, leastMs: 10 };
  const spans = columns([0, 10, 0, 0], [20, 9.999, 0, 0]);
  expect([styleOf(0, spans, styles, filter), styleOf(1, spans, styles, filter)]).toEqual([
    styles[0],
    FADED_STYLE,
  ]);
});

const at = (span: number): { readonly thread: number; readonly span: number } => ({ thread: 0, span });

test('from a span one comes to its caller, what is in it, and its neighbours', () => {
  expect(callerOf(TRACKS, at(2))).toEqual(at(1));
  expect(callerOf(TRACKS, at(3))).toEqual(at(0));
  expect(callerOf(TRACKS, at(0))).toBeUndefined();
  expect(firstInside(TRACKS, at(0))).toEqual(at(1));
  expect(firstInside(TRACKS, at(3))).toBeUndefined();
  expect(firstInside(pageTracks(columns([0, 5], [5, 5]), LABELS), at(0))).toBeUndefined();
  expect(beside(TRACKS, at(1), 1)).toEqual(at(3));
  expect(beside(TRACKS, at(4), -1)).toEqual(at(0));
  expect(beside(TRACKS, at(4), 1)).toBeUndefined();
});

test('a long task that used little processor time was waiting', () => {
  const card = spanCard(TRACKS, { thread: 0, span: 0 });
  expect(card.note).toBe('Waiting, not working: 95 ms of it used no processor.');
  expect(card.facts).toContainEqual(['Over 50 ms', '50 ms']);
});

describe('the card of a span', () => {
  const labels = [
    { ...label('compute', 'scripting', 'https://shop.test/app.js'), isFunction: true, line: 12 },
    label('Layout', 'rendering', 'https://shop.test/app.js'),
    label('RunTask', 'task'),
  ];
  const spans = columns([0, 200, 0, 0, 10], [200, 200, 0, 1, 0], [400, 20, 0, 2, 20.4]);
  const tracks = pageTracks(spans, labels);
  const factsOf = (span: number): unknown => Object.fromEntries(spanCard(tracks, at(span)).facts);

  test('says of a function that samples saw it, and where it stands', () => {
    expect(factsOf(0)).toEqual({
      What: 'Function, by samples',
      Start: '0 ms',
      Wall: '200 ms',
      CPU: '10 ms (5 %)',
      Source: 'https://shop.test/app.js:12',
    });
  });

  test('speaks of 50 ms, and of waiting, of tasks alone', () => {
    expect(spanCard(tracks, at(0)).note).toBeUndefined();
    expect(factsOf(1)).toEqual({
      What: 'Rendering',
      Start: '200 ms',
      Wall: '200 ms',
      CPU: '0 ms (0 %)',
      Source: 'https://shop.test/app.js',
    });
  });

  test('has no more than all of a processor, whose clock is another', () => {
    expect(factsOf(2)).toMatchObject({ CPU: '20 ms (100 %)' });
  });

  test('and the span’s own time are of one span', () => {
    expect(spanTime(tracks, at(2))).toEqual({ startMs: 400, endMs: 420 });
  });
});
