import { lastWhere } from '../base/last-where.ts';
import { fromMs, type Micro, toMs } from '../base/units.ts';
import type { Facts } from '../timeline/facts.ts';
import { duration, type Interaction } from '../timeline/input/interactions.ts';
import type { Precision } from '../timeline/input/precision.ts';
import type { UserInteraction } from '../timeline/input/user-interactions.ts';
import { frameKey } from '../timeline/page/frame-key.ts';

type Given = Pick<Facts, 'interactions' | 'userInteractions' | 'precision'>;

/**
 * Chrome's own figure of each interaction, where it wrote one. It names no interaction: frame, kind and length must fit, and
 * of several that fit, Chrome means the one whose end lies nearest to when it wrote; of two as near the one that ended
 * before, and of two that ended together the one that began first.
 */
export function chromeDurations({
  interactions,
  userInteractions,
  precision,
}: Given): ReadonlyMap<Interaction, Micro> {
  const figures = new Map<Interaction, Micro>();
  const free = freeInteractions(interactions);
  const tolerance = TOLERANCE[precision];
  for (const figure of userInteractions) {
    const nearest = lengthsAround(figure.maxDuration, tolerance)
      .flatMap((length) => candidatesIn(free.get(keyOf(figure, length)) ?? [], figure, tolerance))
      .reduce<Candidate | undefined>((best, other) => (isNearer(other, best) ? other : best), undefined);
    if (nearest === undefined) continue;
    figures.set(nearest.interaction, figure.maxDuration);
    nearest.list.splice(nearest.at, 1);
  }
  return figures;
}

/**
 * Those without a figure, in order of their ends, by frame, kind and whole milliseconds: thousands of clicks are as short as
 * each other, and a figure that is nobody's would be compared with all of them.
 */
function freeInteractions(interactions: readonly Interaction[]): ReadonlyMap<string, Interaction[]> {
  // Of those that end together, the first is to be met first on the way back.
  const inOrder = interactions.toReversed().toSorted((a, b) => a.end - b.end);
  return Map.groupBy(inOrder, (interaction) =>
    keyOf({ ...interaction, isKeyboard: isKeyboard(interaction) }, Math.floor(toMs(duration(interaction)))),
  );
}

const isKeyboard = ({ type }: Interaction): boolean => type.startsWith('key');

/** @param length In whole milliseconds. */
const keyOf = (
  { pid, frame, isKeyboard: isOfKeyboard }: Pick<UserInteraction, 'pid' | 'frame' | 'isKeyboard'>,
  length: number,
): string => `${frameKey(pid, frame)}|${String(isOfKeyboard)}|${String(length)}`;

/** The whole milliseconds with which the lengths that fit begin. */
function lengthsAround(figure: Micro, tolerance: Micro): readonly number[] {
  const first = Math.floor(toMs(figure) - toMs(tolerance));
  const last = Math.ceil(toMs(figure) + toMs(tolerance)) - 1;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** An interaction that a figure may mean, and where it stands among the free ones. */
interface Candidate {
  readonly interaction: Interaction;
  readonly list: Interaction[];
  readonly at: number;
  /** Of its end from the moment that Chrome wrote, in µs; negative before it. */
  readonly distance: number;
}

/** The last of the list that ended before Chrome wrote, and the first that ended after: all of them are about as long. */
function candidatesIn(list: Interaction[], figure: UserInteraction, tolerance: Micro): readonly Candidate[] {
  const before = lastWhere(list.length, (index) => (list[index]?.end ?? Infinity) <= figure.ts);
  let after = before + 1;
  // One that began later, and is a little shorter than the one that is meant.
  while ((list[after]?.start ?? -Infinity) > figure.ts && isWithin(list[after], figure, tolerance)) after++;
  return [before, after].flatMap((at) => {
    const interaction = list[at];
    if (interaction === undefined || !fits(figure, interaction, tolerance)) return [];
    return { interaction, list, at, distance: interaction.end - figure.ts };
  });
}

/** Whether one that ends then may have begun before Chrome wrote. */
const isWithin = (
  interaction: Interaction | undefined,
  { ts, maxDuration }: UserInteraction,
  tolerance: Micro,
): boolean => interaction !== undefined && interaction.end - ts < maxDuration + tolerance;

function isNearer({ distance, interaction }: Candidate, than: Candidate | undefined): boolean {
  if (than === undefined || Math.abs(distance) !== Math.abs(than.distance))
    return Math.abs(distance) < Math.abs(than?.distance ?? Infinity);
  if (distance !== than.distance) return distance < than.distance;
  return interaction.start < than.interaction.start;
}

/** Chrome's figure is in whole milliseconds, and exact even where the events are in steps of 8 ms. */
const TOLERANCE: Readonly<Record<Precision, Micro>> = {
  microsecond: fromMs(1),
  'parts-in-milliseconds': fromMs(1),
  'steps-of-8-milliseconds': fromMs(5),
};

function fits({ ts, maxDuration }: UserInteraction, interaction: Interaction, tolerance: Micro): boolean {
  const longer = duration(interaction) - maxDuration;
  return ts >= interaction.start && longer + tolerance >= 0 && longer < tolerance;
}
