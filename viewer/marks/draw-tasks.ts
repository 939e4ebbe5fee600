import type { TaskColumns } from '../../src/result/load.ts';
import { ms } from '../layout/format.ts';
import type { Row } from '../layout/track-rows.ts';
import type { TaskBox } from '../layout/task-boxes.ts';
import type { Palette } from './palette.ts';

export interface TaskTrack {
  readonly tasks: TaskColumns;
  readonly boxes: readonly TaskBox[];
  readonly row: Row;
  readonly palette: Palette;
}

const WALL_PX = 24;
const CPU_PX = 8;

/** Wall time as a bar, what it has over 50 ms hatched red, and time on the processor as a thinner bar beneath. */
export function drawTasks(context: CanvasRenderingContext2D, track: TaskTrack): void {
  const { boxes, palette } = track;
  context.fillStyle = palette.task;
  for (const box of boxes) context.fillRect(box.x, 0, box.width, WALL_PX);
  context.fillStyle = palette.cpu;
  for (const box of boxes) context.fillRect(box.x, WALL_PX + 2, cpuWidth(box), CPU_PX);
  for (const box of boxes.filter(({ blockingWidth }) => blockingWidth > 0)) {
    hatch(context, box, palette);
    label(context, box, track);
  }
}

/** At least a pixel where there was any, as with the bar above. */
const cpuWidth = ({ cpuWidth: width = 0 }: TaskBox): number => (width > 0 ? Math.max(1, width) : 0);

function hatch(context: CanvasRenderingContext2D, box: TaskBox, { blocking }: Palette): void {
  context.save();
  context.beginPath();
  context.rect(box.x + box.width - box.blockingWidth, 0, box.blockingWidth, WALL_PX);
  context.clip();
  context.strokeStyle = blocking;
  context.lineWidth = 1.25;
  context.beginPath();
  for (const x of hatchStarts(box, context.canvas.clientWidth)) {
    context.moveTo(x, WALL_PX);
    context.lineTo(x + WALL_PX, 0);
  }
  context.stroke();
  context.restore();
  corner(context, box, blocking);
}

const HATCH_PX = 7;

/** Only those on the canvas: a bar zoomed to a million pixels must not cost a million strokes. */
function hatchStarts(box: TaskBox, canvasWidth: number): readonly number[] {
  const start = box.x + box.width - box.blockingWidth - WALL_PX;
  const from = start + Math.max(0, Math.floor((-WALL_PX - start) / HATCH_PX)) * HATCH_PX;
  const to = Math.min(box.x + box.width, canvasWidth);
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / HATCH_PX)) },
    (_, i) => from + i * HATCH_PX,
  );
}

/** DevTools' sign of a long task: a red corner at its end. */
function corner(context: CanvasRenderingContext2D, { x, width }: TaskBox, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x + width - 7, 0);
  context.lineTo(x + width, 0);
  context.lineTo(x + width, 7);
  context.fill();
}

function label(context: CanvasRenderingContext2D, box: TaskBox, { tasks, palette }: TaskTrack): void {
  const text = ms(tasks.durationMs[box.task] ?? 0);
  const left = Math.max(box.x, 0) + 6;
  context.font = palette.font;
  const width = context.measureText(text).width;
  if (left + width + 8 > box.x + box.width) return;
  context.fillStyle = palette.task;
  context.fillRect(left - 3, 5, width + 6, 14); // keeps the hatching off the letters
  context.fillStyle = palette.text;
  context.fillText(text, left, 16);
}
