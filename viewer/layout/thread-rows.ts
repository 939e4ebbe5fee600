import type { SpanColumns } from '../../src/tracks/tracks.ts';
import { SpanPyramid } from './span-pyramid.ts';

/** A thread's flame chart: one row for each depth. */
export interface ThreadRows {
  readonly spans: SpanColumns;
  readonly rows: readonly SpanPyramid[];
}

/** Deeper rows than this nobody scrolls to, and a hostile trace could have 65,000. */
const MOST_ROWS = 400;

export function threadRows(spans: SpanColumns): ThreadRows {
  return { spans, rows: rowMembers(spans).map((row) => new SpanPyramid(spans, row)) };
}

/**
 * The same, with a pause after each row: a busy thread has hundreds of thousands of spans. What the rows look like at a scale
 * is made too, so that the first frame to show it does not have to.
 */
export async function threadRowsInTurns(
  spans: SpanColumns,
  msPerPx: number,
  pause: () => Promise<void>,
): Promise<ThreadRows> {
  const rows: SpanPyramid[] = [];
  for (const row of rowMembers(spans)) {
    await pause();
    const pyramid = new SpanPyramid(spans, row);
    await pause();
    pyramid.levelFor(msPerPx);
    rows.push(pyramid);
  }
  return { spans, rows };
}

/** By depth, which spans lie in the row. */
function rowMembers({ depth }: SpanColumns): readonly Uint32Array[] {
  const counts: number[] = [];
  for (const own of depth) if (own < MOST_ROWS) counts[own] = (counts[own] ?? 0) + 1;
  const members = Array.from(counts, (count) => new Uint32Array(count ?? 0));
  const filled = new Uint32Array(counts.length);
  for (let span = 0; span < depth.length; span++) {
    const own = depth[span] ?? 0;
    const row = members[own];
    if (row === undefined) continue;
    const place = filled[own] ?? 0;
    row[place] = span;
    filled[own] = place + 1;
  }
  return members;
}
