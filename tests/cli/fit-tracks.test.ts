import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fitTracks } from '../../cli/output/fit-tracks.ts';
import { unpackTracks } from '../../src/tracks/pack-tracks.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { seededRandom } from '../support/random.ts';
import { columns, type DrawnSpan, label, pageTracks } from '../support/span-columns.ts';

/** A thousand tasks of random lengths, short ones and long ones. */
function busyTracks(): Tracks {
  const random = seededRandom(7);
  let at = 0;
  const spans = Array.from({ length: 1000 }, (): DrawnSpan => {
    const start = Math.round((at + random()) * 1000) / 1000;
    const duration = Math.round(1 + random() ** 6 * 90_000) / 1000;
    at = start + duration;
    return [start, duration];
  });
  return pageTracks(columns(...spans), [label('RunTask', 'task')]);
}

const TRACKS = busyTracks();
const one = [{ id: 'load', tracks: TRACKS }];

const unpacked = (base64: string): Tracks => unpackTracks(gunzipSync(Buffer.from(base64, 'base64')));
const lengthsOf = ({ threads }: Tracks): readonly number[] => [...(threads[0]?.spans.durationMs ?? [])];

test('what fits is left as it is', async () => {
  const { tracks, leftOutCount } = await fitTracks(one, 1e6);
  expect(leftOutCount).toBe(0);
  expect(tracks.map(({ base64 }) => unpacked(base64))).toEqual([TRACKS]);
});

test('what does not fit loses its shortest spans, and says so', async () => {
  const whole = (await fitTracks(one, 1e6)).tracks[0]?.base64.length ?? 0;
  const { tracks, leftOutCount, shorterThanMs } = await fitTracks(one, whole / 2);
  const [thin] = tracks.map(({ base64 }) => unpacked(base64));
  if (thin === undefined) throw new Error('There is no timeline.');
  expect(tracks[0]?.base64.length).toBeLessThanOrEqual(whole / 2);
  expect(thin.leftOut).toEqual({ count: leftOutCount, shorterThanMs });
  expect(lengthsOf(thin)).toEqual(lengthsOf(TRACKS).filter((ms) => ms >= shorterThanMs));
  expect(leftOutCount).toBeGreaterThan(0);
});

test('all timelines lose by the same length, since they are compared', async () => {
  const both = [...one, { id: 'other', tracks: TRACKS }];
  const whole = (await fitTracks(one, 1e6)).tracks[0]?.base64.length ?? 0;
  const { tracks } = await fitTracks(both, whole);
  const left = tracks.map(({ base64 }) => unpacked(base64).leftOut?.shorterThanMs);
  expect(new Set(left).size).toBe(1);
  expect(tracks.reduce((sum, { base64 }) => sum + base64.length, 0)).toBeLessThanOrEqual(whole);
});

test('where there is no room at all, no span is left', async () => {
  const { tracks, leftOutCount } = await fitTracks(one, 0);
  expect(leftOutCount).toBe(1000);
  expect(lengthsOf(unpacked(tracks[0]?.base64 ?? ''))).toEqual([]);
});
