import { isUnavailable } from '../../src/base/measure.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import type { ThreadTrack, Tracks } from '../../src/tracks/tracks.ts';
import type { TimeSpan } from './time-span.ts';

type Thread = Pick<ThreadTrack, 'pid' | 'tid'>;

/** Which of the drawn threads it is: undefined where nothing is drawn of it. */
export function threadIndex({ threads }: Pick<Tracks, 'threads'>, { pid, tid }: Thread): number | undefined {
  const index = threads.findIndex((track) => track.pid === pid && track.tid === tid);
  return index === -1 ? undefined : index;
}

export const trackIdOf = (index: number): string => `thread-${String(index)}`;

/** What the track of a thread is called in the page: undefined where nothing is drawn of it. */
export function threadTrackId(tracks: Pick<Tracks, 'threads'>, thread: Thread): string | undefined {
  const index = threadIndex(tracks, thread);
  return index === undefined ? undefined : trackIdOf(index);
}

/**
 * The thread that was the page's main thread for most of a stretch of time: a page that goes to another site goes to another
 * process too. Where none was at all the nearest, and where the trace does not say which it was, the busiest.
 */
export function mainThreadIn(
  { mainThread }: Pick<TraceResult, 'mainThread'>,
  tracks: Pick<Tracks, 'threads'>,
  { startMs, endMs }: TimeSpan,
): ThreadTrack | undefined {
  const { threads } = tracks;
  if (isUnavailable(mainThread)) return threads[0];
  const overlap = ({ fromMs, toMs }: (typeof mainThread.spans)[number]): number =>
    Math.min(endMs, toMs) - Math.max(startMs, fromMs);
  const [longest = mainThread] = mainThread.spans.toSorted((a, b) => overlap(b) - overlap(a));
  return threads[threadIndex(tracks, longest) ?? -1];
}
