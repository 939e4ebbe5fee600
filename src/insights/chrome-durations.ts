import { between, fromMs, type Micro } from '../base/units.ts';
import type { Facts } from '../timeline/facts.ts';
import { duration, type Interaction } from '../timeline/interactions.ts';
import type { Precision } from '../timeline/precision.ts';
import type { UserInteraction } from '../timeline/user-interactions.ts';

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
  const byFrame = Map.groupBy(interactions, frameKey);
  for (const figure of userInteractions) {
    const fitting = (byFrame.get(frameKey(figure)) ?? []).filter(
      (interaction) => !figures.has(interaction) && fits(figure, interaction, TOLERANCE[precision]),
    );
    const distance = ({ end }: Interaction): number => Math.abs(between(end, figure.ts));
    const nearest = fitting.toSorted((a, b) => distance(a) - distance(b))[0];
    if (nearest !== undefined) figures.set(nearest, figure.maxDuration);
  }
  return figures;
}

/** Chrome's figure is in whole milliseconds, and exact even where the events are in steps of 8 ms. */
const TOLERANCE: Readonly<Record<Precision, Micro>> = {
  microsecond: fromMs(1),
  'parts-in-milliseconds': fromMs(1),
  'steps-of-8-milliseconds': fromMs(5),
};

const frameKey = ({ pid, frame }: Pick<Interaction, 'pid' | 'frame'>): string => `${String(pid)}|${frame}`;

const fits = (figure: UserInteraction, interaction: Interaction, tolerance: Micro): boolean =>
  figure.isKeyboard === interaction.type.startsWith('key') &&
  figure.ts >= interaction.start &&
  Math.abs(figure.maxDuration - duration(interaction)) <= tolerance;
