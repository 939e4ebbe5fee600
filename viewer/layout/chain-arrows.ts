import type { ChainSegment } from '../../src/result/chain-result.ts';
import { arrowPath } from './arrow-path.ts';
import { type ChainTrack, segmentTrack } from './chain-words.ts';

export interface ArrowScene {
  readonly x: (ms: number) => number;
  /** By track, from the plot's upper edge. */
  readonly tops: ReadonlyMap<string, number>;
  /** The track of the thread that handled the interaction. Undefined where it is not drawn. */
  readonly thread: string | undefined;
}

export interface Arrow {
  readonly path: string;
  readonly evidence: ChainSegment['evidence'];
}

/** Into a track's first lane. */
const LANE_MIDDLE_PX = 9;

/** From each stretch of an interaction's time to the next, where that lies in another track that can be seen. */
export function arrowsOf(
  segments: readonly ChainSegment[],
  { x, tops, thread }: ArrowScene,
): readonly Arrow[] {
  const idOf = (track: ChainTrack): string | undefined => (track === 'main' ? thread : track);
  const yOf = (segment: ChainSegment): number | undefined => {
    const top = tops.get(idOf(segmentTrack(segment)) ?? '');
    return top === undefined ? undefined : top + LANE_MIDDLE_PX;
  };
  return segments.slice(1).flatMap((segment, index): readonly Arrow[] => {
    const before = segments[index];
    const [from, to] = [before && yOf(before), yOf(segment)];
    if (from === undefined || to === undefined || from === to) return [];
    const at = x(segment.startMs);
    return [{ path: arrowPath({ x: at, y: from }, { x: at, y: to }), evidence: segment.evidence }];
  });
}
