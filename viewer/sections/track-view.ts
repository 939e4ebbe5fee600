import type { Viewport } from '../layout/flame-runs.ts';
import type { Hit } from '../layout/selection.ts';

/** Where a track is on the screen, in pixels from its upper edge. */
export interface TrackPlace {
  readonly top: number;
  readonly height: number;
  /** How high the screen is: what lies beyond it need not be drawn. */
  readonly screenPx: number;
}

/** One track of the timeline. */
export interface TrackView {
  readonly id: string;
  readonly node: HTMLElement;
  /** What is drawn on: points count from its corner. */
  readonly body: HTMLElement;
  draw(viewport: Viewport, place: TrackPlace): void;
  hitAt(x: number, y: number): Hit | undefined;
}
