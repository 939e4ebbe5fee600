import { BACKSLASH, QUOTE, textOf } from './bytes.ts';
import { parsedJson } from './parsed-json.ts';

/** A letter and its quotes. */
const PLAIN_BYTES = 3;

/** The letter of a phase, given as JSON. Empty where the value is no string of one character. */
export function phaseAt(bytes: Uint8Array, start: number, end: number): string {
  if (bytes[start] !== QUOTE) return '';
  if (end - start === PLAIN_BYTES) {
    return LETTERS[bytes[start + 1] ?? 0] ?? textOf(bytes, start + 1, end - 1);
  }
  if (bytes[start + 1] !== BACKSLASH) return '';
  const phase = parsedJson(textOf(bytes, start, end));
  return typeof phase === 'string' && phase.length === 1 ? phase : '';
}

/** A string for each ASCII character, made once. */
const LETTERS: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code));
