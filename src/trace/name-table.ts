import { BACKSLASH, QUOTE, textOf } from './bytes.ts';
import { parsedJson } from './parsed-json.ts';

/** Stands for a name that nobody watches. */
export const UNWATCHED = -1;

/**
 * Finds the number of a watched event name from its bytes, so that no string is made for an event that nobody watches.
 * Open addressing over FNV-1a hashes; the table is at most a quarter full.
 */
export class NameTable {
  readonly #names: readonly Uint8Array[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #others: number;
  readonly #slots: Int32Array;
  readonly #mask: number;

  /** @param others What to give for all other names. */
  constructor(names: readonly string[], others: number = UNWATCHED) {
    this.#others = others;
    const encoder = new TextEncoder();
    this.#names = names.map((name) => encoder.encode(name));
    this.#numbers = new Map(names.map((name, index) => [name, index]));
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, names.length * 4)));
    this.#mask = size - 1;
    this.#slots = new Int32Array(size).fill(UNWATCHED);
    for (const [index, name] of this.#names.entries()) this.#insert(name, index);
  }

  /**
   * The number of the name whose JSON string, quotes included, stands at `start` to `end`: that of all others where there is
   * none (0 and 0). `UNWATCHED` for no string.
   */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (end === 0) return this.#others;
    const first = start + 1;
    const last = end - 1;
    if (last < first || bytes[start] !== QUOTE) return UNWATCHED;
    let hash = FNV_OFFSET;
    for (let at = first; at < last; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === BACKSLASH) return this.#findEscaped(bytes, start, end);
      hash = Math.imul(hash ^ byte, FNV_PRIME);
    }
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const index = this.#slots[slot] ?? UNWATCHED;
      if (index === UNWATCHED) return this.#others;
      if (this.#is(index, bytes, first, last)) return index;
    }
  }

  #is(index: number, bytes: Uint8Array, first: number, last: number): boolean {
    const name = this.#names[index];
    if (name === undefined || name.length !== last - first) return false;
    for (let at = 0; at < name.length; at++) if (name[at] !== bytes[first + at]) return false;
    return true;
  }

  #findEscaped(bytes: Uint8Array, start: number, end: number): number {
    const name = parsedString(textOf(bytes, start, end));
    return name === undefined ? UNWATCHED : (this.#numbers.get(name) ?? this.#others);
  }

  #insert(name: Uint8Array, index: number): void {
    let hash = FNV_OFFSET;
    for (const byte of name) hash = Math.imul(hash ^ byte, FNV_PRIME);
    let slot = hash & this.#mask;
    while (this.#slots[slot] !== UNWATCHED) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = index;
  }
}

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

function parsedString(json: string): string | undefined {
  const value = parsedJson(json);
  return typeof value === 'string' ? value : undefined;
}
