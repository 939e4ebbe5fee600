import type { TraceResult } from '../../src/result/trace-result.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { nextTurn } from '../interactions/next-turn.ts';
import { type OverviewBins, pageOverview } from '../layout/overview-bins.ts';
import { type ThreadRows, threadRowsInTurns } from '../layout/thread-rows.ts';

/** Tracks and what takes time to make of them. */
export interface PreparedTracks {
  readonly tracks: Tracks;
  /** The page's flame charts, by thread. */
  readonly rowsOf: ReadonlyMap<number, ThreadRows>;
  readonly overview: OverviewBins | undefined;
}

/** All of a trace on a display of usual width: the coarsest that is drawn, made of all that is finer. */
const WIDEST_PX = 1200;

/** Prepares tracks in several turns, so that a page that is being made can be used. */
export async function preparedTracks(trace: TraceResult, tracks: Tracks): Promise<PreparedTracks> {
  const rowsOf = new Map<number, ThreadRows>();
  for (const [thread, { role, spans }] of tracks.threads.entries()) {
    if (role !== 'page') continue;
    await nextTurn();
    rowsOf.set(thread, await threadRowsInTurns(spans, tracks.spanMs / WIDEST_PX, nextTurn));
  }
  await nextTurn();
  const overview = pageOverview(trace, tracks);
  await nextTurn();
  return { tracks, rowsOf, overview };
}
