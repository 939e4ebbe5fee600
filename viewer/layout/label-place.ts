export interface Marked {
  readonly startX: number;
  readonly endX: number;
  /** The chart's width. */
  readonly width: number;
}

export interface LabelPlace {
  readonly x: number;
  readonly anchor: 'start' | 'end';
}

/** Roughly what a letter takes at the labels' size: enough to choose a side without asking the browser to lay out. */
const LETTER_PX = 6.4;

const textWidth = (text: string): number => text.length * LETTER_PX + 14;

/**
 * After the mark, or before it where the chart ends too soon, or at the chart's edge where neither fits. Undefined where
 * the mark itself is out of sight.
 */
export function labelPlace(text: string, { startX, endX, width }: Marked): LabelPlace | undefined {
  if (endX < 0 || startX > width) return undefined;
  const needed = textWidth(text);
  if (endX + needed <= width) return { x: endX + 7, anchor: 'start' };
  if (startX - needed >= 0) return { x: startX - 7, anchor: 'end' };
  return { x: width - 4, anchor: 'end' };
}

/** At the left of a bar, or at the chart's edge where the bar begins before it. Undefined where the bar is too short. */
export function insidePlace(text: string, x: number, width: number): LabelPlace | undefined {
  const from = Math.max(x, 0);
  return x + width - from < textWidth(text) ? undefined : { x: from + 6, anchor: 'start' };
}
