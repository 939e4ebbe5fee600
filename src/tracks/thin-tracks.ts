import type { SpanColumns, Tracks } from './tracks.ts';
import { byFrequency } from './by-frequency.ts';

/**
 * Tracks without the spans that are shorter than `leastMs`, and with a word of how many that are. What is around a span is
 * at least as long as it, so that no span loses its caller.
 */
export function thinTracks(tracks: Tracks, leastMs: number): Tracks {
  const threads = tracks.threads.map((thread) => ({ ...thread, spans: atLeast(thread.spans, leastMs) }));
  const count = countOf(tracks.threads) - countOf(threads);
  const before = tracks.leftOut?.count ?? 0;
  return {
    ...tracks,
    ...byFrequency(tracks.labels, threads),
    leftOut: count + before === 0 ? null : { count: count + before, shorterThanMs: leastMs },
  };
}

const countOf = (threads: Tracks['threads']): number =>
  threads.reduce((sum, { spans }) => sum + spans.startMs.length, 0);

function atLeast(spans: SpanColumns, leastMs: number): SpanColumns {
  const kept = [...spans.durationMs.keys()].filter((index) => (spans.durationMs[index] ?? 0) >= leastMs);
  const of =
    (column: ArrayLike<number>) =>
    (_: unknown, place: number): number =>
      column[kept[place] ?? 0] ?? 0;
  const { length } = kept;
  return {
    startMs: Float64Array.from({ length }, of(spans.startMs)),
    durationMs: Float64Array.from({ length }, of(spans.durationMs)),
    cpuMs: Float64Array.from({ length }, of(spans.cpuMs)),
    depth: Uint16Array.from({ length }, of(spans.depth)),
    label: Uint32Array.from({ length }, of(spans.label)),
  };
}
