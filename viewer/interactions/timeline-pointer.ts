import type { Hit, Selection } from '../layout/selection.ts';
import type { HoverCard } from './hover-card.ts';
import { rangeByDrag, type RangeSelection } from './range-by-drag.ts';

/** Something on the timeline that can be pointed at. */
export interface PointedTrack {
  readonly id: string;
  /** Carries the id as `data-track`; points count from its corner. */
  readonly body: HTMLElement;
  readonly hitAt: (x: number, y: number) => Hit | undefined;
}

export interface PointerActions extends Pick<RangeSelection, 'timeAt'> {
  readonly pick: (selection: Selection) => void;
}

/** What lies under the pointer. */
export function hitUnder(tracks: readonly PointedTrack[], event: MouseEvent): Hit | undefined {
  const { target } = event;
  const body = target instanceof Element ? target.closest('[data-track]') : null;
  const track = tracks.find(({ id }) => id === body?.getAttribute('data-track'));
  if (track === undefined) return undefined;
  const { left, top } = track.body.getBoundingClientRect();
  return track.hitAt(event.clientX - left, event.clientY - top);
}

/** A card for what is pointed at; a click selects it; with the shift key, dragging selects a range. */
export function timelinePointer(
  plot: HTMLElement,
  tracks: readonly PointedTrack[],
  card: HoverCard,
  { pick, timeAt }: PointerActions,
): void {
  plot.addEventListener('pointermove', (event) => {
    const hit = event.buttons === 0 ? hitUnder(tracks, event) : undefined;
    plot.classList.toggle('on-mark', hit !== undefined);
    if (hit === undefined) card.hide();
    else card.show(hit.card, event);
  });
  plot.addEventListener('pointerleave', () => card.hide());
  plot.addEventListener('click', (event) => {
    const hit = event.shiftKey ? undefined : hitUnder(tracks, event);
    if (hit !== undefined) pick(hit.selection);
  });
  rangeByDrag(plot, { timeAt, onRange: (range) => pick({ kind: 'range', range }) });
}
