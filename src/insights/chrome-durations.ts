import { lastWhere } from '../base/last-where.ts';
import { fromMs, type Micro, type TraceTime } from '../base/units.ts';
import type { Facts } from '../timeline/facts.ts';
import { duration, type Interaction } from '../timeline/input/interactions.ts';
import type { Precision } from '../timeline/input/precision.ts';
import type { UserInteraction } from '../timeline/input/user-interactions.ts';
import { frameKey } from '../timeline/page/frame-key.ts';

type Given = Pick<Facts, 'interactions' | 'userInteractions' | 'precision'>;

/**
 * Chrome's own figure of each interaction, where it wrote one. It names no interaction: frame, kind and length must fit, and
 * of several that fit, Chrome means the one that ended last before it wrote.
 */
export function chromeDurations({
  interactions,
  userInteractions,
  precision,
}: Given): ReadonlyMap<Interaction, Micro> {
  const figures = new Map<Interaction, Micro>();
  const byFrame = Map.groupBy(
    // Of those that end together, the first is to be met first on the way back.
    interactions.toReversed().toSorted((a, b) => a.end - b.end),
    ({ pid, frame }) => frameKey(pid, frame),
  );
  for (const figure of userInteractions) {
    const nearest = nearestOf(
      byFrame.get(frameKey(figure.pid, figure.frame)) ?? [],
      figure.ts,
      (interaction) => !figures.has(interaction) && fits(figure, interaction, TOLERANCE[precision]),
    );
    if (nearest !== undefined) figures.set(nearest, figure.maxDuration);
  }
  return figures;
}

/** Of those that fit, the one whose end lies nearest to a moment; of two as near the one that ended before it. */
function nearestOf(
  inOrder: readonly Interaction[],
  moment: TraceTime,
  isFitting: (interaction: Interaction) => boolean,
): Interaction | undefined {
  // From the moment outwards: Chrome writes its figure soon after the end, so that the first one is nearly always it.
  let earlier = lastWhere(inOrder.length, (index) => (inOrder[index]?.end ?? Infinity) <= moment);
  let later = earlier + 1;
  while (earlier >= 0 || later < inOrder.length) {
    const before = inOrder[earlier];
    const after = inOrder[later];
    const isBefore = moment - (before?.end ?? -Infinity) <= (after?.end ?? Infinity) - moment;
    const candidate = isBefore ? before : after;
    if (candidate !== undefined && isFitting(candidate)) return candidate;
    if (isBefore) earlier--;
    else later++;
  }
  return undefined;
}

/** Chrome's figure is in whole milliseconds, and exact even where the events are in steps of 8 ms. */
const TOLERANCE: Readonly<Record<Precision, Micro>> = {
  microsecond: fromMs(1),
  'parts-in-milliseconds': fromMs(1),
  'steps-of-8-milliseconds': fromMs(5),
};

const fits = (figure: UserInteraction, interaction: Interaction, tolerance: Micro): boolean =>
  figure.isKeyboard === interaction.type.startsWith('key') &&
  figure.ts >= interaction.start &&
  Math.abs(figure.maxDuration - duration(interaction)) <= tolerance;
