import { describe, expect, test } from 'vitest';
import { barPaths } from '../../viewer/layout/bar-paths.ts';
import { type Bar, type BarKind, barTrack, placedBars } from '../../viewer/layout/bars.ts';

const VIEW = { startMs: 0, endMs: 1000, widthPx: 1000 };

function bar(id: string, startMs: number, endMs: number, kind: BarKind = 'waited'): Bar {
  return {
    id,
    startMs,
    endMs,
    parts: [{ startMs, endMs, kind }],
    text: id,
    card: { title: id, facts: [] },
  };
}

const pathsOf = (...bars: readonly Bar[]) => barPaths(placedBars(barTrack('t', 'T', bars), VIEW), VIEW);

/** Where each box of a path begins, and how far it goes to the right in all. */
const boxesOf = (d: string): readonly (readonly [x: number, y: number, width: number])[] =>
  d
    .split('z')
    .filter((box) => box !== '')
    .map((box) => {
      const [, x, y, across] = /^M([\d.-]+) ([\d.]+)h([\d.]+)/.exec(box) ?? [];
      const round = box.includes('q') ? 2 : 0;
      return [Number(x) - round, Number(y), Number(across) + 2 * round];
    });

describe('the bars of a track', () => {
  test('are one path for each kind, however many they are', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      bar(String(index), index * 3, index * 3 + 2, index % 2 === 0 ? 'frame' : 'long-frame'),
    );
    const paths = pathsOf(...many);
    expect(paths.map(({ name }) => name)).toEqual(['bar-frame', 'bar-long-frame']);
    expect(paths.flatMap(({ d }) => boxesOf(d)).length).toBe(300);
  });

  test('stand where their time is, as wide as it is long, each lane beneath the one before', () => {
    const [path] = pathsOf(bar('a', 100, 200), bar('b', 150, 153));
    expect(boxesOf(path?.d ?? '')).toEqual([
      [100, 2, 100],
      [150, 21, 3],
    ]);
  });

  test('are never too narrow to be seen', () => {
    const [path] = pathsOf(bar('a', 500, 500, 'mark'));
    expect(boxesOf(path?.d ?? '')).toEqual([[500, 2, 1.5]]);
  });

  test('end just beyond the edges, however far they go', () => {
    const view = { startMs: 400_000, endMs: 400_001, widthPx: 1000 };
    const track = barTrack('t', 'T', [bar('a', 0, 800_000)]);
    const [path] = barPaths(placedBars(track, view), view);
    expect(boxesOf(path?.d ?? '')).toEqual([[-10, 2, 1020]]);
  });

  test('have their whiskers in one path, from end to end around each', () => {
    const whiskered = { ...bar('a', 100, 200, 'interaction'), whiskers: { startMs: 50, endMs: 300 } };
    const [, whiskers] = pathsOf(whiskered);
    expect(whiskers?.name).toBe('whiskers');
    expect(whiskers?.d).toBe('M50 5.5V13.5M50 9.5H100M200 9.5H300M300 5.5V13.5');
  });
});
