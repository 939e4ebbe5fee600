import type { Tracks } from '../../src/tracks/tracks.ts';
import type { BarTrack } from '../layout/bars.ts';
import type { SpanPlace } from '../layout/find-spans.ts';
import { figure, plural } from '../layout/format.ts';
import {
  frameTrack,
  interactionTrack,
  networkTrack,
  serverTracks,
  timingTrack,
  waitTrack,
} from '../layout/trace-bars.ts';
import { html } from '../marks/element.ts';
import type { DrawnLoad } from '../report-content.ts';
import { barTrackView } from './bar-track-view.ts';
import { type FlameContext, flameTrackView } from './flame-track-view.ts';
import type { TrackView } from './track-view.ts';

export interface TimelineTracks {
  readonly nodes: readonly HTMLElement[];
  readonly all: readonly TrackView[];
  /** What those of bars show. */
  readonly bars: readonly BarTrack[];
  /** Those that are not folded away. */
  readonly unfolded: () => readonly TrackView[];
  /** Unfolds a thread as far as a span, and scrolls there where asked to. */
  readonly reveal: (place: SpanPlace, scrolls: boolean) => void;
  /** Unfolds a thread that is none of the page's, and lies among the others. */
  readonly unfold: (thread: number) => void;
}

/** The tracks from top to bottom, in DevTools' order, with the server between the network and the main thread. */
export function timelineTracks({ trace, steps }: DrawnLoad, context: FlameContext): TimelineTracks {
  const { tracks, onResize } = context;
  const { server, threads } = tracks;
  const head = [
    timingTrack(trace, tracks, steps),
    interactionTrack(trace),
    networkTrack(trace),
    ...(server === null ? [] : serverTracks(server)),
  ];
  const flames = threads.flatMap((_, thread) => flameTrackView(context, thread) ?? []);
  const pages = flames.filter(({ thread }) => threads[thread]?.role === 'page');
  const others = flames.filter(({ thread }) => threads[thread]?.role !== 'page');
  const waits = threads.map((thread) =>
    thread.role === 'page' ? waitTrack(trace, tracks, thread) : undefined,
  );
  const main = pages.flatMap((flame): readonly TrackView[] => {
    const own = waits[flame.thread];
    return own === undefined ? [flame] : [barTrackView(own), flame];
  });
  const frames = frameTrack(tracks);
  const shown: readonly TrackView[] = [...head.map(barTrackView), ...main, barTrackView(frames)];
  const fold = html(
    'details',
    { class: 'other-threads' },
    html('summary', {}, plural(others.length, 'other thread')),
    ...others.map(({ node }) => node),
  );
  fold.addEventListener('toggle', onResize);
  return {
    nodes: [...shown.map(({ node }) => node), ...(others.length === 0 ? [] : [fold]), ...leftOutNote(tracks)],
    all: [...shown, ...others],
    bars: [...head, ...waits.filter((track) => track !== undefined), frames],
    unfolded: () => (fold.open ? [...shown, ...others] : shown),
    reveal({ thread, span }, scrolls) {
      const flame = flames.find((view) => view.thread === thread);
      if (flame === undefined) return;
      if (others.includes(flame)) fold.open = true;
      flame.reveal(threads[thread]?.spans.depth[span] ?? 0, scrolls);
    },
    unfold(thread) {
      const flame = others.find((view) => view.thread === thread);
      if (flame === undefined) return;
      fold.open = true;
      flame.reveal(0, false);
    },
  };
}

function leftOutNote({ leftOut }: Tracks): readonly HTMLElement[] {
  if (leftOut === null) return [];
  const { count, shorterThanMs } = leftOut;
  return [
    html(
      'p',
      { class: 'left-out' },
      `To keep this report small, ${plural(count, 'span')} of less than ${figure(shorterThanMs * 1000)} µs are left out of the timeline. \`inpact report --max-report-size\` sets how large it may be.`,
    ),
  ];
}
