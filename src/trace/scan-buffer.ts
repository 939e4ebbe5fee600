/**
 * The bytes that the scanner still needs: from the start of the value it is in (or its position) to the end of what has
 * arrived. Offsets are into `bytes`; they move when `append` makes room.
 */
export class ScanBuffer {
  bytes: Uint8Array;
  /** Just after the last byte that has arrived. */
  end = 0;
  /** The next byte to look at. May lie one past `end`, after a backslash. */
  position = 0;
  /** Where the value begins that is being read, or -1. */
  heldFrom = -1;
  /** How many bytes of the input lie before `bytes[0]`. */
  #dropped = 0;
  readonly #grown: Grow;

  constructor(grown: Grow = copied) {
    this.#grown = grown;
    this.bytes = grown(new Uint8Array(0), INITIAL_CAPACITY);
  }

  /**
   * Adds a chunk.
   * @returns By how much all offsets became smaller.
   */
  append(chunk: Uint8Array): number {
    const moved = this.end + chunk.length > this.bytes.length ? this.#makeRoom(chunk.length) : 0;
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    return moved;
  }

  /** Keep the bytes from the position on: a value begins there, or one has become too large to keep from its start. */
  hold(): void {
    this.heldFrom = this.position;
  }

  /** The value has been read. */
  release(): void {
    this.heldFrom = -1;
  }

  /** How many bytes are kept of the unfinished value. */
  get heldBytes(): number {
    return this.heldFrom === -1 ? 0 : this.end - this.heldFrom;
  }

  /** How many bytes of the input, from its start, have been read to the end of a value. */
  get understoodBytes(): number {
    return this.#dropped + (this.heldFrom === -1 ? Math.min(this.position, this.end) : this.heldFrom);
  }

  #makeRoom(extra: number): number {
    const from = this.heldFrom === -1 ? Math.min(this.position, this.end) : Math.min(this.heldFrom, this.end);
    const kept = this.end - from;
    // Doubling keeps the copying linear in the input, however small the chunks.
    const needed = kept + extra;
    if (needed * 2 > this.bytes.length) this.bytes = this.#grown(this.bytes, needed * 2);
    this.bytes.copyWithin(0, from, this.end);
    this.end = kept;
    this.position -= from;
    if (this.heldFrom !== -1) this.heldFrom -= from;
    this.#dropped += from;
    return from;
  }
}

/** Gives the same bytes with more room after them, up to `length`. */
export type Grow = (bytes: Uint8Array, length: number) => Uint8Array;

const copied: Grow = (bytes, length) => {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
};

const INITIAL_CAPACITY = 64 * 1024;
