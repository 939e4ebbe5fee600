import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from 'd3-zoom';
import { confined, lengthOf, middleOf, panned, zoomed, type TimeSpan } from '../layout/time-span.ts';
import { isOfOneFinger, panByFinger } from './pan-by-finger.ts';
import { type Pannable, panKeys } from './pan-keys.ts';

/** One stretch of time that several charts show. */
export interface SharedZoom extends Pannable {
  /** Lets the user zoom and pan all charts by gestures and keys on this one. */
  attach(plot: HTMLElement): void;
  /** Shows a stretch of time. */
  show(span: TimeSpan): void;
  shown(): TimeSpan;
  /** Draws again what is shown, after a resize for instance. */
  refresh(): void;
}

export interface ZoomBounds {
  /** What the charts show at first and after a reset. */
  readonly initial: TimeSpan;
  readonly limits: TimeSpan;
  /** What a double click does, where it is not a reset. */
  readonly onDoubleClick?: (event: MouseEvent) => void;
}

/**
 * The state is a stretch of time and not d3's transform, whose unit is pixels: so it survives a resize, and charts of
 * different widths can share it. d3-zoom reads the gestures, and is told where every chart stands after each.
 */
export function sharedZoom(
  { initial, limits, onDoubleClick }: ZoomBounds,
  onChange: (shown: TimeSpan) => void,
): SharedZoom {
  const plots: HTMLElement[] = [];
  let shown = initial;
  const show = (span: TimeSpan): void => {
    shown = confined(span, limits);
    for (const plot of plots) tellWhereItStands(plot, initial, shown);
    onChange(shown);
  };
  const gestures: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    .filter((event: Event) => isZoomGesture(event, () => lengthOf(shown) < lengthOf(limits) - 1e-6))
    .on('zoom', function ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) {
      if (sourceEvent === null) return;
      const perPx = lengthOf(initial) / (this.clientWidth * transform.k);
      const startMs = initial.startMs - transform.x * perPx;
      show({ startMs, endMs: startMs + this.clientWidth * perPx });
    });
  const shared: SharedZoom = {
    attach(plot) {
      plots.push(plot);
      select(plot).call(gestures).on('dblclick.zoom', null);
      tellWhereItStands(plot, initial, shown);
      plot.addEventListener('dblclick', (event) => (onDoubleClick ?? shared.reset)(event));
      panKeys(plot, shared);
      panByFinger(plot, shared);
    },
    show,
    shown: () => shown,
    scale: (factor) => show(zoomed(shown, factor, middleOf(shown))),
    pan: (share) => show(panned(shown, share * lengthOf(shown))),
    reset: () => show(initial),
    refresh: () => show(shown),
  };
  return shared;
}

/** d3-zoom keeps each element's transform on the element. https://d3js.org/d3-zoom#zoomTransform */
function tellWhereItStands(plot: HTMLElement, initial: TimeSpan, shown: TimeSpan): void {
  const k = lengthOf(initial) / lengthOf(shown);
  const perMs = (plot.clientWidth * k) / lengthOf(initial);
  const transform = zoomIdentity.translate((initial.startMs - shown.startMs) * perMs, 0).scale(k);
  select(plot).property('__zoom', transform);
}

/**
 * A plain wheel zooms only a chart that has the focus, and only while there is something to zoom: else a reader who
 * scrolls down the page would be caught by every chart on the way.
 */
function isZoomGesture(event: Event, canZoomOut: () => boolean): boolean {
  if (event instanceof WheelEvent) {
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return false;
    if (event.deltaY > 0 && !canZoomOut()) return false;
    return event.ctrlKey || event.metaKey || event.currentTarget === document.activeElement;
  }
  if (isOfOneFinger(event)) return false;
  // With the shift key a range is selected instead.
  return !(event instanceof MouseEvent) || (event.button === 0 && !event.shiftKey);
}
