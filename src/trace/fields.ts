import { BACKSLASH, CLOSE_BRACE, isSpace, QUOTE, textOf } from './bytes.ts';
import { parsedJson } from './parsed-json.ts';
import { Records } from './records.ts';

const OTHER = -1;

/** An event with more keys than this is dropped: Chrome writes at most fifteen. */
export const MAX_KEYS = 64;

/** Where the values of one event's keys stand in the buffer. One instance is reused for every event. */
export class Fields {
  readonly records: Records = Records.ofOne();

  start(field: number): number {
    return this.records.start(0, field);
  }

  end(field: number): number {
    return this.records.end(0, field);
  }

  has(field: number): boolean {
    return this.start(field) !== 0;
  }

  /**
   * Finds the values of the event at `start` to `end`, whose colons and commas at its own depth stand in turn in
   * `marks`. A key that occurs twice counts as `JSON.parse` counts it: the last one.
   * @returns False if this is no JSON object after all.
   */
  locate(bytes: Uint8Array, start: number, end: number, marks: Int32Array, markCount: number): boolean {
    this.records.clear(0);
    if (markCount === 0) return isBlank(bytes, start + 1, end - 1) && bytes[end - 1] === CLOSE_BRACE;
    // Colons and commas alternate, and an object ends with a value: an odd number of marks.
    if (markCount % 2 === 0 || bytes[end - 1] !== CLOSE_BRACE) return false;
    let keyFrom = start + 1;
    for (let mark = 0; mark < markCount; mark += 2) {
      const colon = marks[mark] ?? 0;
      const valueEnd = mark + 1 < markCount ? (marks[mark + 1] ?? 0) : end - 1;
      if (!this.#locateOne(bytes, keyFrom, colon, valueEnd)) return false;
      keyFrom = valueEnd + 1;
    }
    return true;
  }

  #locateOne(bytes: Uint8Array, keyFrom: number, colon: number, valueEnd: number): boolean {
    const keyStart = skipSpace(bytes, keyFrom, colon);
    const keyEnd = skipSpaceBack(bytes, keyStart, colon);
    if (keyEnd - keyStart < 2 || bytes[keyStart] !== QUOTE || bytes[keyEnd - 1] !== QUOTE) return false;
    const from = skipSpace(bytes, colon + 1, valueEnd);
    const to = skipSpaceBack(bytes, from, valueEnd);
    if (from === to) return false;
    const field = fieldOf(bytes, keyStart + 1, keyEnd - 1);
    if (field !== OTHER) this.records.setPlace(0, field, from, to);
    return true;
  }
}

/** By field. */
const NAMES: readonly string[] = [
  'name',
  'cat',
  'ph',
  'ts',
  'dur',
  'tdur',
  'pid',
  'tid',
  'id',
  'id2',
  'scope',
  'args',
];

const KEYS: readonly (readonly [number, Uint8Array])[] = keys();

function keys(): readonly (readonly [number, Uint8Array])[] {
  const encoder = new TextEncoder();
  return NAMES.map((name, field) => [field, encoder.encode(name)]);
}

/** By the key's length, so that most keys are told apart by one comparison. */
const KEYS_BY_LENGTH: readonly (readonly (readonly [number, Uint8Array])[])[] = [0, 1, 2, 3, 4, 5].map(
  (length) => KEYS.filter(([, key]) => key.length === length),
);

function fieldOf(bytes: Uint8Array, start: number, end: number): number {
  const candidates = KEYS_BY_LENGTH[end - start];
  // An escaped letter takes six bytes, so that no escaped key is short.
  if (candidates === undefined) return escapedFieldOf(bytes, start, end);
  for (const [field, key] of candidates) if (isAt(key, bytes, start)) return field;
  return OTHER;
}

function escapedFieldOf(bytes: Uint8Array, start: number, end: number): number {
  if (!bytes.subarray(start, end).includes(BACKSLASH)) return OTHER;
  const key = parsedJson(textOf(bytes, start - 1, end + 1));
  return typeof key === 'string' ? NAMES.indexOf(key) : OTHER;
}

function isAt(key: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < key.length; at++) if (key[at] !== bytes[start + at]) return false;
  return true;
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at] ?? 0)) at++;
  return at;
}

function skipSpaceBack(bytes: Uint8Array, start: number, from: number): number {
  let at = from;
  while (at > start && isSpace(bytes[at - 1] ?? 0)) at--;
  return at;
}

const isBlank = (bytes: Uint8Array, start: number, end: number): boolean =>
  skipSpace(bytes, start, end) === end;
