import { MINUS, NINE, QUOTE, textOf, ZERO } from './bytes.ts';

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
  return negative ? -value : value;
}

function slowNumberAt(bytes: Uint8Array, start: number, end: number): number {
  const quoted = bytes[start] === QUOTE;
  const text = quoted ? textOf(bytes, start + 1, end - 1) : textOf(bytes, start, end);
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** `Number` alone would also take blanks, hexadecimal and `Infinity`. */
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
