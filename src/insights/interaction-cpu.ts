import { later, micro, type Micro } from '../base/units.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Tasks } from '../timeline/threads/tasks.ts';

/**
 * Processor time of the thread that handled an interaction, from the input to the next paint: Chrome tells it of whole tasks, and
 * one that reaches out of that time counts by its part within.
 * @returns Undefined where none was recorded, or no task: an interaction is handled in one.
 */
export function interactionCpu(
  interaction: Interaction,
  tasks: Pick<Tasks, 'visitWithin'>,
): Micro | undefined {
  const { start, end } = interaction;
  let total = 0;
  let count = 0;
  tasks.visitWithin(interaction, start, end, (from, duration, cpu) => {
    const within = Math.min(end, later(from, duration)) - Math.max(start, from);
    total += (cpu ?? Number.NaN) * (within / duration);
    count++;
  });
  return count === 0 || Number.isNaN(total) ? undefined : micro(total);
}
