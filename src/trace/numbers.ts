import { MINUS, NINE, QUOTE, textOf, ZERO } from './bytes.ts';

/** Beyond 64 bits no clock or counter of Chrome's goes. Sums and differences of what is within stay finite. */
const LARGEST = 2 ** 64;

/** Whether it is a number that a trace can mean: neither `NaN` nor infinite nor out of all proportion. */
export const isSane = (value: number): boolean => Math.abs(value) <= LARGEST;

/** Fifteen digits always fit a double exactly. */
const EXACT_DIGITS = 15;

/**
 * The JSON number at `start` to `end`; also one in quotes, which some writers make of a timestamp.
 * @returns `NaN` for anything else.
 */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  if (end <= first) return Number.NaN;
  if (end - first > EXACT_DIGITS) return slowNumberAt(bytes, start, end);
  let value = 0;
  for (let at = first; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return slowNumberAt(bytes, start, end);
    value = value * 10 + (byte - ZERO);
  }
  // Not `-value`, which would make -0 of 0.
  return negative ? 0 - value : value;
}

function slowNumberAt(bytes: Uint8Array, start: number, end: number): number {
  const quoted = bytes[start] === QUOTE;
  const text = quoted ? textOf(bytes, start + 1, end - 1) : textOf(bytes, start, end);
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return isSane(value) ? value : Number.NaN;
}

/** `Number` alone would also take blanks, hexadecimal and `Infinity`. */
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
