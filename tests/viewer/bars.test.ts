import { expect, test } from 'vitest';
import { type Bar, barTrack, placedBars } from '../../viewer/layout/bars.ts';
import { thirdParties } from '../../viewer/layout/third-party.ts';
import { findSpans } from '../../viewer/layout/find-spans.ts';
import { FADED_STYLE, labelStyles, SHOW_ALL, styleOf } from '../../viewer/layout/flame-styles.ts';
import { beside, callerOf, firstInside, spanCard } from '../../viewer/layout/span-card.ts';
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

test('only what is in sight is drawn, and of a thousand in one pixel one', () => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    bar(String(index), 50 + index / 100_000, 50 + index / 100_000),
  );
  const track = barTrack('t', 'T', [bar('before', 0, 5), ...many, bar('after', 90, 95)]);
  const placed = placedBars(track, { startMs: 40, endMs: 60, widthPx: 200 });
  expect(placed.length).toBeLessThanOrEqual(2);
  expect(placed[0]).toMatchObject({ x: 100, width: 2 });
});

test('an empty track says why', () => {
  expect(barTrack('t', 'T', [], 'no request').note).toBe('no request');
  expect(barTrack('t', 'T', [bar('a', 0, 1)], 'no request').note).toBeUndefined();
});

test.each([
  ['https://cdn.shop.test/a.js', 'https://www.shop.test/', false],
  ['https://ads.test/a.js', 'https://www.shop.test/', true],
  ['http://127.0.0.1:9/a.js', 'http://127.0.0.1:8/', false],
  ['http://10.0.0.1/a.js', 'http://127.0.0.1/', true],
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

const at = (span: number): { readonly thread: number; readonly span: number } => ({ thread: 0, span });

test('from a span one comes to its caller, what is in it, and its neighbours', () => {
  expect(callerOf(TRACKS, at(2))).toEqual(at(1));
  expect(callerOf(TRACKS, at(0))).toBeUndefined();
  expect(firstInside(TRACKS, at(0))).toEqual(at(1));
  expect(firstInside(TRACKS, at(3))).toBeUndefined();
  expect(beside(TRACKS, at(1), 1)).toEqual(at(3));
  expect(beside(TRACKS, at(4), -1)).toEqual(at(0));
  expect(beside(TRACKS, at(4), 1)).toBeUndefined();
});

test('a long task that used little processor time was waiting', () => {
  const card = spanCard(TRACKS, { thread: 0, span: 0 });
  expect(card.note).toBe('Waiting, not working: 95 ms of it used no processor.');
  expect(card.facts).toContainEqual(['Over 50 ms', '50 ms']);
});
