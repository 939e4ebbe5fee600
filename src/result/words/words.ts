import { numberText } from '../../base/number-text.ts';

/** Whole milliseconds for a sentence. */
export const wholeMs = (value: number): string => `${numberText(value)} ms`;
