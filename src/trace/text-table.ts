import { textOf } from './bytes.ts';
import { parsedJson } from './parsed-json.ts';

const FREE = -1;

/** Numbers JSON strings by their bytes, in the order in which they are first met, so that each becomes a string once. */
export class TextTable {
  readonly #bytes: Uint8Array[] = [];
  readonly #texts: string[] = [];
  #slots = new Int32Array(1024).fill(FREE);

  /** By number. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** The number of a JSON string, quotes included. Two spellings of one string have two numbers. */
  numberOf(json: Uint8Array): number {
    const slot = this.#slotOf(json);
    const known = this.#slots[slot] ?? FREE;
    if (known !== FREE) return known;
    const fresh = this.#bytes.push(json.slice()) - 1;
    const text = parsedJson(textOf(json, 0, json.length));
    this.#texts.push(typeof text === 'string' ? text : '');
    this.#slots[slot] = fresh;
    if (this.#bytes.length * 4 > this.#slots.length) this.#grow();
    return fresh;
  }

  /** The slot that holds it, or where it belongs. */
  #slotOf(json: Uint8Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(json) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] ?? FREE;
      if (number === FREE || isSame(this.#bytes[number], json)) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(FREE);
    for (const [number, json] of this.#bytes.entries()) this.#slots[this.#slotOf(json)] = number;
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

function isSame(known: Uint8Array | undefined, json: Uint8Array): boolean {
  if (known?.length !== json.length) return false;
  for (let at = 0; at < json.length; at++) if (known[at] !== json[at]) return false;
  return true;
}
