import { firstAfter, type SpanPyramid } from './span-pyramid.ts';
import type { TimeSpan } from './time-span.ts';

/** What part of a time line is shown on how many pixels. */
export interface Viewport extends TimeSpan {
  readonly widthPx: number;
}

export const msPerPx = ({ startMs, endMs, widthPx }: Viewport): number =>
  (endMs - startMs) / Math.max(1, widthPx);

/** Boxes of one row in whole pixels, reused from row to row and from frame to frame. */
export class RunBoxes {
  x: Int32Array = new Int32Array(4096);
  width: Int32Array = new Int32Array(4096);
  span: Uint32Array = new Uint32Array(4096);
  length = 0;

  push(x: number, width: number, span: number): void {
    if (this.length === this.x.length) this.#grow();
    this.x[this.length] = x;
    this.width[this.length] = width;
    this.span[this.length++] = span;
  }

  #grow(): void {
    const [x, width, span] = [this.x, this.width, this.span];
    this.x = new Int32Array(x.length * 2);
    this.width = new Int32Array(x.length * 2);
    this.span = new Uint32Array(x.length * 2);
    this.x.set(x);
    this.width.set(width);
    this.span.set(span);
  }
}

/** From here on two boxes that touch get a gap between them. */
const GAP_FROM_PX = 4;

/** The boxes of a row that can be seen: at most one for each pixel, so that no frame draws more than the screen is wide. */
export function flameRuns(row: SpanPyramid, viewport: Viewport, boxes: RunBoxes): void {
  boxes.length = 0;
  const scale = msPerPx(viewport);
  const level = row.levelFor(scale);
  const { startMs, endMs, span } = level;
  let takenPx = -1;
  for (let run = firstAfter(level, viewport.startMs); run < startMs.length; run++) {
    const start = startMs[run] ?? 0;
    if (start >= viewport.endMs) return;
    const left = Math.max(0, Math.floor((start - viewport.startMs) / scale), takenPx);
    const end = Math.min(viewport.widthPx, Math.ceil(((endMs[run] ?? 0) - viewport.startMs) / scale));
    const right = Math.max(end, left + 1);
    // What starts in a pixel that is taken and does not reach the next is in it already.
    if (end <= takenPx) continue;
    boxes.push(left, right - left >= GAP_FROM_PX ? right - left - 1 : right - left, span[run] ?? 0);
    takenPx = right;
  }
}
