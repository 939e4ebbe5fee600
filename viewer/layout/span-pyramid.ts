import { lastWhere } from '../../src/base/last-where.ts';
import type { SpanColumns } from '../../src/tracks/tracks.ts';

/**
 * What is drawn of one row at one scale: spans, and runs of spans that are shorter than the level's bucket and lie in one.
 * In order of time, without overlap. All columns have the same length.
 */
export interface Level {
  /** Nothing shorter than this stands for itself. 0 where everything does. */
  readonly bucketMs: number;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** The span, or the longest one of the run. */
  readonly span: Uint32Array;
}

const FINEST_BUCKET_MS = 0.004;
const RATIO = 4;

/**
 * One row of a flame chart at every scale. What a pixel cannot show apart is merged beforehand, so that a frame costs by the
 * width of the screen and not by the number of spans. Exact to a pixel: a span of a pixel or more is never merged, so none
 * can hide. Levels are made when they are first drawn.
 */
export class SpanPyramid {
  readonly #levels: Level[];

  /** @param spans Which of the columns lie in the row, in order of time. */
  constructor({ startMs, durationMs }: SpanColumns, spans: Uint32Array) {
    // `from` would ask an iterator for each of a million.
    const starts = new Float64Array(spans.length);
    const ends = new Float64Array(spans.length);
    for (let at = 0; at < spans.length; at++) {
      const span = spans[at] ?? 0;
      const start = startMs[span] ?? 0;
      starts[at] = start;
      ends[at] = start + (durationMs[span] ?? 0);
    }
    this.#levels = [{ bucketMs: 0, startMs: starts, endMs: ends, span: spans }];
  }

  /** The coarsest level whose buckets are no wider than a pixel. */
  levelFor(msPerPx: number): Level {
    const number =
      msPerPx < FINEST_BUCKET_MS ? 0 : 1 + Math.floor(Math.log(msPerPx / FINEST_BUCKET_MS) / Math.log(RATIO));
    for (let next = this.#levels.length; next <= number; next++) {
      const below = this.#levels.at(-1);
      if (below !== undefined) this.#levels.push(merged(below, FINEST_BUCKET_MS * RATIO ** (next - 1)));
    }
    return this.#levels[number] ?? NOTHING;
  }

  get finest(): Level {
    return this.#levels[0] ?? NOTHING;
  }
}

const NOTHING: Level = {
  bucketMs: 0,
  startMs: new Float64Array(),
  endMs: new Float64Array(),
  span: new Uint32Array(),
};

function merged(below: Level, bucketMs: number): Level {
  const { startMs, endMs, span } = below;
  const starts = new Float64Array(startMs.length);
  const ends = new Float64Array(startMs.length);
  const spans = new Uint32Array(startMs.length);
  let count = 0;
  let longestMs = 0;
  for (let index = 0; index < startMs.length; index++) {
    const start = startMs[index] ?? 0;
    const end = endMs[index] ?? 0;
    const length = end - start;
    const run = count - 1;
    // Whatever lies in a stretch that is shorter than the bucket is so itself.
    if (count > 0 && end - (starts[run] ?? 0) < bucketMs) {
      ends[run] = end;
      if (length <= longestMs) continue;
      spans[run] = span[index] ?? 0;
      longestMs = length;
      continue;
    }
    starts[count] = start;
    ends[count] = end;
    spans[count] = span[index] ?? 0;
    longestMs = length;
    count++;
  }
  if (count === startMs.length) return { ...below, bucketMs };
  return {
    bucketMs,
    startMs: starts.slice(0, count),
    endMs: ends.slice(0, count),
    span: spans.slice(0, count),
  };
}

/** The first of a level that ends after a time. */
export const firstAfter = ({ endMs }: Level, ms: number): number =>
  lastWhere(endMs.length, (index) => (endMs[index] ?? 0) <= ms) + 1;
