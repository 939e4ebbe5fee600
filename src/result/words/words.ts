/** Whole milliseconds for a sentence. Never "-0 ms". */
export const wholeMs = (value: number): string => `${String(Math.round(value) + 0)} ms`;
