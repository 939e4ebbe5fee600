import { type ArgPath, FIRST_ITEM, PATH_KEYS } from './arg-paths.ts';
import { textOf } from './bytes.ts';

/** What fast-args.as exports. */
export interface ArgsExports {
  prepareArgs(buffer: number, nodes: number, keys: number, keySlots: number): void;
  prepareTexts(texts: number, slots: number, arena: number, arenaBytes: number): void;
  addArgKey(parent: number, address: number, length: number, node: number): void;
  addFirstItem(parent: number, node: number): void;
  readArgs(from: number, to: number): number;
  textNumber(start: number, length: number): number;
}

// As in fast-args.as.
const NODE_BYTES = 32;
const NODE_PLACES = NODE_BYTES / 4;
const NODE_DOUBLES = NODE_BYTES / 8;
const END_PLACE = 1;
const NUMBER_DOUBLE = 1;
const STAMP_PLACE = 4;
const KIND_PLACE = 5;
const ROOT = 1;

const KEY_SLOTS = 512;
const KEY_BYTES = 16;
const NODES = 128;
const TEXT_SLOTS = 2048;
const TEXT_SLOT_BYTES = 12;
const ARENA_BYTES = 2 ** 15;
const NAME_BYTES = 2 ** 11;

const NODES_FROM = 0;
const KEYS_FROM = NODES_FROM + NODES * NODE_BYTES;
const TEXTS_FROM = KEYS_FROM + KEY_SLOTS * KEY_BYTES;
const NAMES_FROM = TEXTS_FROM + TEXT_SLOTS * TEXT_SLOT_BYTES;
const ARENA_FROM = NAMES_FROM + NAME_BYTES;

/** What kind of value was found. As in fast-args.as. */
export const TEXT = 1;
export const ESCAPED_TEXT = 2;
export const NUMBER = 3;
/** Nothing was found. */
export const ABSENT = 0;

/** Reads what handlers ask of an event's arguments in WebAssembly, from the bytes in its memory. */
export class FastArgs {
  static readonly MEMORY_BYTES: number = ARENA_FROM + ARENA_BYTES + 8;
  readonly #exports: ArgsExports;
  readonly #from: number;
  readonly #base: number;
  #places = new Int32Array(0);
  #numbers = new Float64Array(0);
  readonly #texts: (string | undefined)[] = [];
  #stamp = 0;

  /**
   * @param from Where `MEMORY_BYTES` are free for this.
   * @param base Where the scanner's buffer begins.
   */
  constructor(
    exports: ArgsExports,
    memory: ArrayBuffer,
    { from, base }: { readonly from: number; readonly base: number },
  ) {
    this.#exports = exports;
    this.#from = from;
    this.#base = base;
    this.attach(memory);
    exports.prepareArgs(base, from + NODES_FROM, from + KEYS_FROM, KEY_SLOTS);
    exports.prepareTexts(from + TEXTS_FROM, TEXT_SLOTS, from + ARENA_FROM, ARENA_BYTES);
    this.#addPaths(memory);
  }

  /** The memory has grown, which leaves all views of it empty. */
  attach(memory: ArrayBuffer): void {
    this.#places = new Int32Array(memory, this.#from, NODES * NODE_PLACES);
    this.#numbers = new Float64Array(memory, this.#from, NODES * NODE_DOUBLES);
  }

  /** Returns whether these arguments could be read here: if not, they are to be parsed as JSON. */
  read(start: number, end: number): boolean {
    this.#stamp = this.#exports.readArgs(this.#base + start, this.#base + end);
    return this.#stamp !== 0;
  }

  /** One of `TEXT`, `ESCAPED_TEXT`, `NUMBER`, or any other number for another kind of value. */
  kind(path: ArgPath): number {
    const node = nodeOf(path) * NODE_PLACES;
    return this.#places[node + STAMP_PLACE] === this.#stamp
      ? (this.#places[node + KIND_PLACE] ?? ABSENT)
      : ABSENT;
  }

  /** `NaN` where it is to be read with more care. */
  number(path: ArgPath): number {
    return this.#numbers[nodeOf(path) * NODE_DOUBLES + NUMBER_DOUBLE] ?? Number.NaN;
  }

  /** Where the value begins. */
  start(path: ArgPath): number {
    return this.#places[nodeOf(path) * NODE_PLACES] ?? 0;
  }

  /** Just after the value. */
  end(path: ArgPath): number {
    return this.#places[nodeOf(path) * NODE_PLACES + END_PLACE] ?? 0;
  }

  /** A text without escapes. */
  text(path: ArgPath, bytes: Uint8Array): string {
    return this.textAt(this.start(path) + 1, this.end(path) - 1, bytes);
  }

  /** The text that stands there, made only once. */
  textAt(start: number, end: number, bytes: Uint8Array): string {
    const number = this.#exports.textNumber(this.#base + start, end - start);
    if (number === -1) return textOf(bytes, start, end);
    const known = this.#texts[number];
    if (known !== undefined) return known;
    const text = textOf(bytes, start, end);
    this.#texts[number] = text;
    return text;
  }

  #addPaths(memory: ArrayBuffer): void {
    const encoder = new TextEncoder();
    const names = new Uint8Array(memory, this.#from + NAMES_FROM, NAME_BYTES);
    const nodes = new Map<string, number>([
      ['', ROOT],
      ...PATH_KEYS.map((keys, path): [string, number] => [keys.join('.'), nodeOf(path)]),
    ]);
    const added = new Set<string>();
    let used = 0;
    for (const keys of PATH_KEYS) {
      for (let depth = 1; depth <= keys.length; depth++) {
        const prefix = keys.slice(0, depth).join('.');
        if (added.has(prefix)) continue;
        added.add(prefix);
        const node = nodes.get(prefix) ?? nodes.size + 1;
        nodes.set(prefix, node);
        const parent = nodes.get(keys.slice(0, depth - 1).join('.')) ?? ROOT;
        const key = keys[depth - 1] ?? '';
        if (key === FIRST_ITEM) this.#exports.addFirstItem(parent, node);
        else {
          const bytes = encoder.encode(key);
          names.set(bytes, used);
          this.#exports.addArgKey(parent, this.#from + NAMES_FROM + used, bytes.length, node);
          used += bytes.length;
        }
      }
    }
  }
}

/** Nodes of paths come after that of the whole; those that only lead to others come last. */
const nodeOf = (path: ArgPath): number => path + ROOT + 1;
