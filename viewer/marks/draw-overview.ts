import { CATEGORIES } from '../../src/tracks/category.ts';
import { CATEGORY_COUNT, type OverviewBins } from '../layout/overview-bins.ts';
import type { TimeSpan } from '../layout/time-span.ts';
import type { FlamePalette } from './flame-palette.ts';

export interface Overview {
  readonly bins: OverviewBins;
  readonly longTasks: readonly TimeSpan[];
  readonly interactions: readonly TimeSpan[];
  readonly spanMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

const LONG_PX = 4;

/** What the processor was busy with over the whole trace, stacked by category, with long tasks in red at the top. */
export function drawOverview(
  context: CanvasRenderingContext2D,
  { bins, longTasks, interactions, spanMs, widthPx, heightPx }: Overview,
  palette: FlamePalette,
): void {
  const binPx = widthPx / bins.binCount;
  const room = heightPx - LONG_PX - 2;
  for (let bin = 0; bin < bins.binCount; bin++) {
    let y = heightPx;
    for (let category = 0; category < CATEGORY_COUNT; category++) {
      const height = (bins.shares[bin * CATEGORY_COUNT + category] ?? 0) * room;
      if (height <= 0) continue;
      context.fillStyle = palette.fill[CATEGORIES[category] ?? 'other'];
      context.fillRect(bin * binPx, y - height, Math.max(1, binPx), height);
      y -= height;
    }
  }
  const bar = ({ startMs, endMs }: TimeSpan, y: number): void => {
    const x = (startMs / spanMs) * widthPx;
    context.fillRect(x, y, Math.max(2, ((endMs - startMs) / spanMs) * widthPx), LONG_PX);
  };
  context.fillStyle = palette.cpu;
  for (const interaction of interactions) bar(interaction, heightPx - LONG_PX);
  context.fillStyle = palette.blocking;
  for (const task of longTasks) bar(task, 0);
}
