import { numberText } from '../../base/number-text.ts';
import { type Micro, toMs } from '../../base/units.ts';

/** Whole milliseconds for a sentence. */
export const ms = (length: Micro): string => `${numberText(toMs(length))} ms`;

/** `1 query`, `2 queries`. */
export const counted = (count: number, one: string, many: string): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;
