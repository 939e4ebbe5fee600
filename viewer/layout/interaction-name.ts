import { isUnavailable } from '../../src/base/measure.ts';
import type { Interaction } from '../../src/result/trace-result.ts';

/** What was done, and to what, where that is known. */
export const interactionName = ({ type, target }: Pick<Interaction, 'type' | 'target'>): string =>
  isUnavailable(target) || isUnavailable(target.name) ? type : `${type} on ${target.name}`;
