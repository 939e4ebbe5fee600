import { CATEGORIES } from '../../src/tracks/category.ts';
import type { Label } from '../../src/tracks/tracks.ts';
import { LONG_TASK_MS } from '../layout/figure-rows.ts';
import { flameRuns, msPerPx, RunBoxes, type Viewport } from '../layout/flame-runs.ts';
import {
  FADED_STYLE,
  type FlameFilter,
  FUNCTION_STYLE,
  STYLE_COUNT,
  styleOf,
} from '../layout/flame-styles.ts';
import { ms } from '../layout/format.ts';
import type { ThreadRows } from '../layout/thread-rows.ts';
import { cut } from './draw-bars.ts';
import type { FlamePalette } from './flame-palette.ts';

export const FLAME_ROW_PX: number = 17;
const BOX_PX = 16;
const CPU_PX = 3;
const LABEL_FROM_PX = 28;

export interface FlameScene {
  readonly thread: ThreadRows;
  readonly labels: readonly Label[];
  /** By label. */
  readonly styles: Uint8Array;
  readonly filter: FlameFilter;
  readonly palette: FlamePalette;
  /** Which rows are on the canvas, whose first is at its top. */
  readonly firstRow: number;
  readonly rowCount: number;
  /** Whether what tasks have over 50 ms is hatched. */
  readonly marksLongTasks: boolean;
  readonly selected: number | undefined;
  /** By label: 1 where it was searched for. */
  readonly found: Uint8Array;
}

/** The boxes of one colour in one row: drawn together, since to change the colour costs more than to fill a box. */
class Batch {
  readonly boxes = new RunBoxes();
  readonly rows: number[] = [];
}

/** Kept from frame to frame, so that drawing makes no garbage. */
export class FlamePainter {
  readonly #runs = new RunBoxes();
  readonly #batches: readonly Batch[] = Array.from({ length: STYLE_COUNT }, () => new Batch());

  draw(context: CanvasRenderingContext2D, scene: FlameScene, viewport: Viewport): void {
    this.#collect(scene, viewport);
    for (const [style, batch] of this.#batches.entries()) {
      context.fillStyle = colourOf(style, scene.palette);
      const { x, width } = batch.boxes;
      for (let box = 0; box < batch.boxes.length; box++) {
        context.fillRect(x[box] ?? 0, batch.rows[box] ?? 0, width[box] ?? 0, BOX_PX);
      }
    }
    this.#decorate(context, scene, viewport);
  }

  #collect({ thread, styles, filter, firstRow, rowCount }: FlameScene, viewport: Viewport): void {
    for (const batch of this.#batches) {
      batch.boxes.length = 0;
      batch.rows.length = 0;
    }
    for (let row = firstRow; row < firstRow + rowCount; row++) {
      const pyramid = thread.rows[row];
      if (pyramid === undefined) return;
      flameRuns(pyramid, viewport, this.#runs);
      const { x, width, span, length } = this.#runs;
      for (let run = 0; run < length; run++) {
        const own = span[run] ?? 0;
        const batch = this.#batches[styleOf(own, thread.spans, styles, filter)];
        batch?.boxes.push(x[run] ?? 0, width[run] ?? 0, own);
        batch?.rows.push((row - firstRow) * FLAME_ROW_PX);
      }
    }
  }

  /** What only boxes have that are wide enough to see it. */
  #decorate(context: CanvasRenderingContext2D, scene: FlameScene, viewport: Viewport): void {
    const { thread, palette, labels, marksLongTasks, selected, found } = scene;
    context.font = palette.font;
    context.textBaseline = 'middle';
    for (const [style, { boxes, rows }] of this.#batches.entries()) {
      for (let box = 0; box < boxes.length; box++) {
        const width = boxes.width[box] ?? 0;
        const span = boxes.span[box] ?? 0;
        const place: BoxPlace = { x: boxes.x[box] ?? 0, y: rows[box] ?? 0, width, span };
        const isFound = found[thread.spans.label[span] ?? 0] === 1;
        if (isFound || span === selected)
          outline(context, place, span === selected ? palette.selection : palette.found);
        if (width < 3) continue;
        const isTask = labels[thread.spans.label[span] ?? -1]?.category === 'task';
        if (isTask)
          decorateTask(
            context,
            scene,
            place,
            viewport,
            marksLongTasks && place.y === 0 && scene.firstRow === 0,
          );
        if (width < LABEL_FROM_PX) continue;
        const text = cut(titleOf(span, scene), width - 8);
        context.fillStyle = style === FADED_STYLE ? palette.fadedText : palette.text;
        if (text !== '') context.fillText(text, place.x + 4, place.y + BOX_PX / 2 + 0.5);
      }
    }
  }
}

interface BoxPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly span: number;
}

function colourOf(style: number, palette: FlamePalette): string {
  if (style === FUNCTION_STYLE) return palette.function;
  if (style === FADED_STYLE) return palette.faded;
  return palette.fill[CATEGORIES[style] ?? 'other'];
}

function titleOf(span: number, { thread: { spans }, labels }: FlameScene): string {
  const label = labels[spans.label[span] ?? -1];
  if (label === undefined) return '';
  return label.category === 'task' ? `Task ${ms(spans.durationMs[span] ?? 0)}` : label.name;
}

function outline(context: CanvasRenderingContext2D, { x, y, width }: BoxPlace, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, Math.max(1, width - 2), BOX_PX - 2);
}

// oxlint-disable-next-line eslint/max-params -- Drawing takes where, what and how.
function decorateTask(
  context: CanvasRenderingContext2D,
  { thread: { spans }, palette }: FlameScene,
  place: BoxPlace,
  viewport: Viewport,
  isMarked: boolean,
): void {
  const wallMs = spans.durationMs[place.span] ?? 0;
  const startMs = spans.startMs[place.span] ?? 0;
  const cpuMs = spans.cpuMs[place.span] ?? -1;
  const scale = msPerPx(viewport);
  const xOf = (at: number): number =>
    Math.min(Math.max((at - viewport.startMs) / scale, 0), viewport.widthPx);
  if (cpuMs >= 0) {
    context.fillStyle = palette.cpu;
    const from = xOf(startMs);
    context.fillRect(
      from,
      place.y + BOX_PX - CPU_PX,
      Math.max(1, xOf(startMs + Math.min(cpuMs, wallMs)) - from),
      CPU_PX,
    );
  }
  if (isMarked && wallMs > LONG_TASK_MS) {
    hatch(
      context,
      { from: xOf(startMs + LONG_TASK_MS), to: place.x + place.width, y: place.y },
      palette.blocking,
    );
  }
}

const HATCH_PX = 6;

/** Red stripes over the part past 50 ms, and a corner at its end, as DevTools marks it. */
function hatch(
  context: CanvasRenderingContext2D,
  { from, to, y }: { readonly from: number; readonly to: number; readonly y: number },
  colour: string,
): void {
  if (to <= from) return;
  context.save();
  context.beginPath();
  context.rect(from, y, to - from, BOX_PX - CPU_PX);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.25;
  context.beginPath();
  for (let x = from - BOX_PX; x < to; x += HATCH_PX) {
    context.moveTo(x, y + BOX_PX);
    context.lineTo(x + BOX_PX, y);
  }
  context.stroke();
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(to - 7, y);
  context.lineTo(to, y);
  context.lineTo(to, y + 7);
  context.fill();
  context.restore();
}
