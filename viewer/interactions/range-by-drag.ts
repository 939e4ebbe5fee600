import type { TimeSpan } from '../layout/time-span.ts';

export interface RangeSelection {
  /** The time at so many pixels from the plot's left edge. */
  readonly timeAt: (px: number) => number;
  readonly onRange: (range: TimeSpan) => void;
}

/** Less is a click. */
const LEAST_PX = 3;

/** With the shift key held, dragging selects a range instead of moving the view. */
export function rangeByDrag(plot: HTMLElement, { timeAt, onRange }: RangeSelection): void {
  let fromPx: number | undefined;
  const pxOf = (event: PointerEvent): number => event.clientX - plot.getBoundingClientRect().left;
  plot.addEventListener('pointerdown', (event) => {
    if (!event.shiftKey || event.button !== 0) return;
    fromPx = pxOf(event);
    plot.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  plot.addEventListener('pointermove', (event) => {
    if (fromPx === undefined) return;
    const toPx = pxOf(event);
    if (Math.abs(toPx - fromPx) < LEAST_PX) return;
    onRange({ startMs: timeAt(Math.min(fromPx, toPx)), endMs: timeAt(Math.max(fromPx, toPx)) });
  });
  const end = (): void => {
    fromPx = undefined;
  };
  plot.addEventListener('pointerup', end);
  plot.addEventListener('pointercancel', end);
}
