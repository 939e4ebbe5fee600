import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyzeForDrawing } from '../../src/analyze.ts';
import { packTracks, unpackTracks } from '../../src/tracks/pack-tracks.ts';
import { thinTracks } from '../../src/tracks/thin-tracks.ts';
import type { SpanColumns, Tracks } from '../../src/tracks/tracks.ts';
import { VarintReader, VarintWriter } from '../../src/tracks/varints.ts';
import { mainThread, task } from '../support/trace-events.ts';
import { pageLines, tracksOf } from '../support/tracks.ts';
import type { RawEvent, RawTrace } from '../support/raw-trace.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/traces');
const recorded = readdirSync(FOLDER).filter((name) => name.endsWith('.json.gz'));

test('numbers of any size survive', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })), (values) => {
      const writer = new VarintWriter();
      for (const value of values) writer.write(value);
      const reader = new VarintReader(writer.finish(), 0);
      expect(values.map(() => reader.read())).toEqual(values);
    }),
  );
});

const cpuOf = ({ threads }: Tracks): readonly number[] => [...(threads[0]?.spans.cpuMs ?? [])];

test('columns that end within a number are refused', () => {
  expect(() => new VarintReader(Uint8Array.of(0x80), 0).read()).toThrow('ends early');
});

test('a task that had no processor time at all is not one of which none was recorded, packed or not', async () => {
  const tracks = await tracksOf(
    mainThread,
    task(0, 60, { tdur: 0 }),
    task(70, 60),
    task(140, 60, { tdur: 70_000 }),
  );
  expect(cpuOf(tracks)).toEqual([0, -1, 70]);
  expect(cpuOf(unpackTracks(packTracks(tracks)))).toEqual([0, -1, 70]);
});

describe.each(recorded)('%s', (name) => {
  const bytes = gunzipSync(readFileSync(join(FOLDER, name)));
  const drawn = analyzeForDrawing({ file: name, bytes: [bytes] });

  test('is the same after being packed and unpacked', async () => {
    const { tracks } = await drawn;
    expect(unpackTracks(packTracks(tracks))).toEqual(tracks);
  });

  test('has a span for every event that lasts, and one inside the other', async () => {
    const { tracks } = await drawn;
    const { traceEvents }: RawTrace = JSON.parse(bytes.toString());
    const lasting = traceEvents.filter(({ ph, dur }) => ph === 'X' && (dur ?? -1) >= 0).length;
    const events = spansOf(tracks).reduce(
      (sum, { label }) => sum + label.filter((at) => tracks.labels[at]?.isFunction === false).length,
      0,
    );
    expect(events).toBe(lasting + pairs(traceEvents));
    expect(spansOf(tracks).every(isNested)).toBe(true);
  });

  test('has the result’s long tasks as spans of the page’s threads', async () => {
    const { trace, tracks } = await drawn;
    const long = tracks.threads
      .filter(({ role }) => role === 'page')
      .flatMap(({ spans }) =>
        [...spans.startMs.entries()]
          .filter(
            ([index]) =>
              (spans.durationMs[index] ?? 0) > 50 &&
              tracks.labels[spans.label[index] ?? -1]?.category === 'task',
          )
          .map(([index, startMs]) => [startMs, spans.durationMs[index]]),
      );
    for (const { startMs, durationMs } of trace.longTasks.tasks) {
      expect(long.some(([start, duration]) => near(start, startMs) && near(duration, durationMs))).toBe(true);
    }
  });
});

/** Both are rounded to microseconds, one from its ends and the other from its length. */
const near = (a: number | undefined, b: number): boolean => Math.abs((a ?? 0) - b) < 0.0021;

const spansOf = ({ threads }: Tracks): readonly SpanColumns[] => threads.map(({ spans }) => spans);

/** Begins that have an end, read the simple way. */
function pairs(events: readonly RawEvent[]): number {
  const open = new Map<string, number>();
  let count = 0;
  for (const { ph, pid, tid, name } of events.toSorted((a, b) => a.ts - b.ts)) {
    const key = `${String(pid)}|${String(tid)}|${name}`;
    const depth = open.get(key) ?? 0;
    if (ph === 'B') open.set(key, depth + 1);
    if (ph === 'E' && depth > 0) {
      open.set(key, depth - 1);
      count++;
    }
  }
  return count;
}

function isNested({ startMs, durationMs, depth }: SpanColumns): boolean {
  const ends: number[] = [];
  return startMs.every((start, index) => {
    const own = depth[index] ?? 0;
    const end = start + (durationMs[index] ?? 0);
    const around = own === 0 ? Number.POSITIVE_INFINITY : (ends[own - 1] ?? -1);
    ends.length = own;
    ends.push(end);
    return end <= around + 1e-6 && start >= (startMs[index - 1] ?? start);
  });
}

describe('tracks without the shortest spans', () => {
  test('keep callers, say how many are gone, and are smaller', async () => {
    const tracks = await tracksOf(
      mainThread,
      task(0, 100),
      task(10, 20, { name: 'Layout' }),
      task(12, 1, { name: 'Paint' }),
    );
    const thin = thinTracks(tracks, 5);
    expect(pageLines(thin)).toEqual(['RunTask 0–100', '  Layout 10–30']);
    expect(thin.leftOut).toEqual({ count: 1, shorterThanMs: 5 });
    expect(thin.labels.map(({ name }) => name)).toEqual(['RunTask', 'Layout']);
    expect(thinTracks(thin, 5).leftOut).toEqual({ count: 1, shorterThanMs: 5 });
    expect(thinTracks(thin, 50).leftOut).toEqual({ count: 2, shorterThanMs: 50 });
    expect(thinTracks(tracks, 1).leftOut).toBeNull();
  });

  test('of a recorded trace are nested still', async () => {
    const bytes = gunzipSync(readFileSync(join(FOLDER, '510-interactions.json.gz')));
    const { tracks } = await analyzeForDrawing({ file: 'trace', bytes: [bytes] });
    const thin = thinTracks(tracks, 0.05);
    expect(spansOf(thin).every(isNested)).toBe(true);
    expect(packed(thin)).toBeLessThan(packed(tracks) / 2);
  });
});

const packed = (tracks: Tracks): number => gzipSync(packTracks(tracks)).length;
