import { packTracks, thinTracks, type Tracks } from '../../src/index.ts';
import { packed, type PackedTracks } from './report-html.ts';

export interface NamedTracks {
  readonly id: string;
  readonly tracks: Tracks;
}

export interface FittedTracks {
  readonly tracks: readonly PackedTracks[];
  /** How many spans had to go, and how short all of them were. */
  readonly leftOutCount: number;
  readonly shorterThanMs: number;
}

/** Below which length spans are left out, in turn, until the rest fits. The last leaves nothing. */
const STEPS_MS: readonly number[] = [
  0,
  0.002,
  0.005,
  0.01,
  0.02,
  0.05,
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  500,
  5000,
  Number.MAX_VALUE,
];

/** Timelines in so many characters: the shortest spans of all of them go first. Halves its way, since each try compresses all. */
export async function fitTracks(all: readonly NamedTracks[], roomChars: number): Promise<FittedTracks> {
  const whole = await attempt(all, 0);
  if (sizeOf(whole) <= roomChars) return whole;
  let fits: FittedTracks | undefined;
  let from = 1;
  for (let to = STEPS_MS.length - 1; from < to;) {
    const middle = (from + to) >> 1;
    const tried = await attempt(all, STEPS_MS[middle] ?? 0);
    if (sizeOf(tried) <= roomChars) {
      fits = tried;
      to = middle;
    } else from = middle + 1;
  }
  return fits ?? attempt(all, Number.MAX_VALUE);
}

async function attempt(all: readonly NamedTracks[], leastMs: number): Promise<FittedTracks> {
  const thin = all.map(({ id, tracks }) => ({
    id,
    tracks: leastMs === 0 ? tracks : thinTracks(tracks, leastMs),
  }));
  return {
    tracks: await Promise.all(
      thin.map(async ({ id, tracks }) => ({ id, base64: await packed(packTracks(tracks)) })),
    ),
    leftOutCount: thin.reduce((sum, { tracks }) => sum + (tracks.leftOut?.count ?? 0), 0),
    shorterThanMs: leastMs,
  };
}

const sizeOf = ({ tracks }: FittedTracks): number =>
  tracks.reduce((sum, { base64 }) => sum + base64.length, 0);
