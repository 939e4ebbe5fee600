import { CATEGORIES } from '../../src/tracks/category.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import type { Label, SpanColumns, Tracks } from '../../src/tracks/tracks.ts';
import { mainThreadIn } from './own-threads.ts';

/** By bin and category, in that order: the share of the bin's time, 0 to 1. */
export interface OverviewBins {
  readonly binCount: number;
  readonly shares: Float32Array;
}

const BINS = 1200;

/** Of the page's main threads, each for as long as it was the page's. Undefined where the trace has no thread at all. */
export function pageOverview(
  trace: Pick<TraceResult, 'mainThread'>,
  tracks: Tracks,
): OverviewBins | undefined {
  const { labels, spanMs } = tracks;
  const binMs = spanMs / BINS;
  const owners = Array.from({ length: BINS }, (_, bin) =>
    mainThreadIn(trace, tracks, { startMs: bin * binMs, endMs: (bin + 1) * binMs }),
  );
  const shares = new Float32Array(BINS * CATEGORY_COUNT);
  for (const thread of new Set(owners)) {
    if (thread === undefined) continue;
    const own = overviewBins(thread.spans, labels, { spanMs, binCount: BINS }).shares;
    for (const [bin, owner] of owners.entries()) {
      const at = bin * CATEGORY_COUNT;
      if (owner === thread) shares.set(own.subarray(at, at + CATEGORY_COUNT), at);
    }
  }
  return tracks.threads.length === 0 ? undefined : { binCount: BINS, shares };
}

export const CATEGORY_COUNT: number = CATEGORIES.length;

/** What a thread was busy with, over the whole trace: the self time of its spans by category. One pass over the columns. */
export function overviewBins(
  spans: SpanColumns,
  labels: readonly Label[],
  { spanMs, binCount }: { readonly spanMs: number; readonly binCount: number },
): OverviewBins {
  const shares = new Float32Array(binCount * CATEGORY_COUNT);
  const categoryOf = Uint8Array.from(labels, ({ category }) => CATEGORIES.indexOf(category));
  const binMs = spanMs / binCount;
  const add = (category: number, fromMs: number, toMs: number): void => {
    const last = Math.min(binCount - 1, Math.floor(toMs / binMs));
    for (let bin = Math.max(0, Math.floor(fromMs / binMs)); bin <= last; bin++) {
      const overlap = Math.min(toMs, (bin + 1) * binMs) - Math.max(fromMs, bin * binMs);
      const at = bin * CATEGORY_COUNT + category;
      if (overlap > 0) shares[at] = (shares[at] ?? 0) + overlap / binMs;
    }
  };
  // A span's own time is what lies between the ends of those inside it.
  const ends: number[] = [];
  const open: number[] = [];
  let at = 0;
  const passTo = (ms: number): void => {
    while (open.length > 0 && (ends.at(-1) ?? 0) <= ms) {
      const end = ends.pop() ?? 0;
      const category = open.pop() ?? 0;
      if (end > at) add(category, at, end);
      at = Math.max(at, end);
    }
    const category = open.at(-1);
    if (category !== undefined && ms > at) add(category, at, ms);
    at = Math.max(at, ms);
  };
  for (let span = 0; span < spans.startMs.length; span++) {
    const start = spans.startMs[span] ?? 0;
    passTo(start);
    ends.push(start + (spans.durationMs[span] ?? 0));
    open.push(categoryOf[spans.label[span] ?? 0] ?? 0);
  }
  passTo(Number.MAX_VALUE);
  return { binCount, shares };
}
