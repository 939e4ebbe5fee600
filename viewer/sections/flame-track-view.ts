import type { ThreadTrack, Tracks } from '../../src/tracks/tracks.ts';
import { flameRuns, RunBoxes, type Viewport } from '../layout/flame-runs.ts';
import type { FlameFilter } from '../layout/flame-styles.ts';
import { plural } from '../layout/format.ts';
import { trackIdOf } from '../layout/own-threads.ts';
import type { Hit } from '../layout/selection.ts';
import { spanCard, spanTime } from '../layout/span-card.ts';
import { type ThreadRows, threadRows } from '../layout/thread-rows.ts';
import { FLAME_ROW_PX, FlamePainter } from '../marks/draw-flame.ts';
import type { FlamePalette } from '../marks/flame-palette.ts';
import { html } from '../marks/element.ts';
import { sizedContext } from '../marks/sized-context.ts';
import type { TrackView } from './track-view.ts';

/** What all flame charts of a timeline have in common, as it is now. */
export interface FlameState {
  readonly styles: Uint8Array;
  readonly filter: FlameFilter;
  readonly palette: FlamePalette;
  readonly selectedOf: (thread: number) => number | undefined;
  /** By label: 1 where it was searched for. */
  readonly foundLabels: Uint8Array;
}

export interface FlameTrackView extends TrackView {
  readonly thread: number;
  /** Unfolds the thread as far as a depth, and brings that onto the screen where asked to. */
  reveal(depth: number, scrolls: boolean): void;
}

export interface FlameContext {
  readonly tracks: Tracks;
  /** Rows that were made before, by thread. */
  readonly rowsOf: ReadonlyMap<number, ThreadRows>;
  readonly state: () => FlameState;
  readonly onResize: () => void;
}

/** What the sticky head of the timeline covers. */
const HEAD_PX = 80;

/** How many rows stay in sight without a click. */
const ROWS_AT_FIRST = 40;

/**
 * A thread's flame chart. Its canvas covers only what is on the screen: a deep chart on a large display would be a hundred
 * megabytes.
 */
export function flameTrackView(
  { tracks, rowsOf, state, onResize }: FlameContext,
  thread: number,
): FlameTrackView | undefined {
  const track = tracks.threads[thread];
  if (track === undefined) return undefined;
  const canvas = html('canvas', { 'aria-hidden': 'true' });
  const id = trackIdOf(thread);
  const body = html('div', { class: 'track-body', 'data-track': id }, canvas);
  const painter = new FlamePainter();
  const boxes = new RunBoxes();
  let rows = rowsOf.get(thread);
  let isOpen = track.role === 'page';
  let limit = ROWS_AT_FIRST;
  let viewport: Viewport = { startMs: 0, endMs: 1, widthPx: 1 };

  const made = (): ThreadRows => (rows ??= threadRows(track.spans));
  // A folded thread's rows are made when they are first drawn: there may be a hundred threads.
  const rowCount = (): number => (isOpen ? Math.min(limit, made().rows.length) : 1);
  const more = html('button', { type: 'button', class: 'more-rows' }, '');
  const toggle = html('button', { type: 'button', class: 'track-toggle', 'aria-expanded': isOpen }, '');
  const size = (): void => {
    body.style.height = `${String(rowCount() * FLAME_ROW_PX + 2)}px`;
    toggle.setAttribute('aria-expanded', String(isOpen));
    const hidden = isOpen ? made().rows.length - limit : 0;
    more.hidden = hidden <= 0;
    more.textContent = `Show ${plural(hidden, 'deeper row')}`;
  };
  const setOpen = (value: boolean): void => {
    isOpen = value;
    size();
    onResize();
  };
  toggle.append(
    threadTitle(track),
    html('span', { class: 'visually-hidden' }, ', '),
    html('span', { class: 'track-note' }, threadNote(track)),
  );
  toggle.addEventListener('click', () => setOpen(!isOpen));
  more.addEventListener('click', () => {
    limit = Number.POSITIVE_INFINITY;
    size();
    onResize();
  });
  size();

  const hitAt = (x: number, y: number): Hit | undefined => {
    const pyramid = made().rows[Math.floor(y / FLAME_ROW_PX)];
    if (pyramid === undefined || (!isOpen && y >= FLAME_ROW_PX)) return undefined;
    flameRuns(pyramid, viewport, boxes);
    for (let box = 0; box < boxes.length; box++) {
      const left = boxes.x[box] ?? 0;
      if (x < left - 1 || x > left + (boxes.width[box] ?? 0) + 1) continue;
      const place = { thread, span: boxes.span[box] ?? 0 };
      return {
        card: spanCard(tracks, place),
        span: spanTime(tracks, place),
        selection: { kind: 'span', ...place },
      };
    }
    return undefined;
  };

  return {
    id,
    thread,
    node: html('div', { class: 'track' }, toggle, body, more),
    body,
    reveal(depth, scrolls) {
      if (depth >= limit) limit = Number.POSITIVE_INFINITY;
      setOpen(true);
      const y = body.getBoundingClientRect().top + depth * FLAME_ROW_PX;
      const isOnScreen = y > HEAD_PX && y < document.documentElement.clientHeight - FLAME_ROW_PX;
      if (scrolls && !isOnScreen) window.scrollBy({ top: y - document.documentElement.clientHeight / 2 });
    },
    hitAt,
    draw(shown, { top, height, screenPx }) {
      viewport = shown;
      const firstRow = Math.max(0, Math.floor(-top / FLAME_ROW_PX));
      const lastRow = Math.min(rowCount(), Math.ceil((screenPx - top) / FLAME_ROW_PX) + 1);
      if (top > screenPx || top + height < 0 || lastRow <= firstRow) return;
      canvas.style.top = `${String(firstRow * FLAME_ROW_PX)}px`;
      const heightPx = (lastRow - firstRow) * FLAME_ROW_PX;
      const context = sizedContext(canvas, { widthPx: shown.widthPx, heightPx });
      const { styles, filter, palette, selectedOf, foundLabels } = state();
      if (context === null) return;
      painter.draw(
        context,
        {
          thread: made(),
          labels: tracks.labels,
          styles,
          filter,
          palette,
          firstRow,
          rowCount: lastRow - firstRow,
          marksLongTasks: track.role === 'page' || track.role === 'main',
          selected: selectedOf(thread),
          found: foundLabels,
        },
        shown,
      );
    },
  };
}

const ROLE_NAMES: Readonly<Partial<Record<ThreadTrack['role'], string>>> = {
  page: 'Main thread',
  main: 'Main thread of another process',
  compositor: 'Compositor',
};

export const threadTitle = ({ role, name, tid }: ThreadTrack): string =>
  ROLE_NAMES[role] ?? (name === '' ? `Thread ${String(tid)}` : name);

function threadNote({ pid, processName, spans }: ThreadTrack): string {
  const process = processName === '' ? 'process' : processName;
  return `${process} ${String(pid)} · ${plural(spans.startMs.length, 'span')}`;
}
