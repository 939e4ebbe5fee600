import type { Pannable } from './pan-keys.ts';

/**
 * One finger moves a chart to the left and right only, and leaves up and down to the browser, which scrolls the page (`touch-action:
 * pan-y`): on a phone a chart is as large as the screen, and nothing else could be reached. d3-zoom would take every touch for
 * itself; it gets those of two fingers.
 */
export function panByFinger(plot: HTMLElement, zoom: Pick<Pannable, 'pan'>): void {
  const fingers = new Map<number, number>();
  plot.addEventListener('pointerdown', ({ pointerType, pointerId, clientX }) => {
    if (pointerType === 'touch') fingers.set(pointerId, clientX);
  });
  plot.addEventListener('pointermove', ({ pointerId, clientX }) => {
    const before = fingers.get(pointerId);
    if (before === undefined) return;
    fingers.set(pointerId, clientX);
    if (fingers.size === 1 && clientX !== before) zoom.pan((before - clientX) / plot.clientWidth);
  });
  const lift = ({ pointerId }: PointerEvent): void => {
    fingers.delete(pointerId);
  };
  plot.addEventListener('pointerup', lift);
  // The browser has begun to scroll.
  plot.addEventListener('pointercancel', lift);
}

/** Whether an event is of a single finger. */
export const isOfOneFinger = (event: Event): boolean =>
  // Not every desktop browser has the class.
  'touches' in event && event.touches instanceof TouchList && event.touches.length < 2;
