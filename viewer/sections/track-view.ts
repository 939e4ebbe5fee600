import type { Viewport } from '../layout/flame-runs.ts';
import type { Hit } from '../layout/selection.ts';

/** One track of the timeline. */
export interface TrackView {
  readonly id: string;
  readonly node: HTMLElement;
  /** What is drawn on: points count from its corner. */
  readonly body: HTMLElement;
  draw(viewport: Viewport): void;
  hitAt(x: number, y: number): Hit | undefined;
}
