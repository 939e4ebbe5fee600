/** Values a block: a power of two, so that a value's place in it is a matter of bits. */
const BLOCK_BITS = 14;
const BLOCK = 2 ** BLOCK_BITS;
const FIRST = 1024;

/**
 * A list of numbers without an object for each. Grows block by block: to copy all of a long list into one twice as large would
 * take three times its room.
 */
export class Column {
  readonly #full: Float64Array[] = [];
  /** The block that is being filled. Small at first, since most threads have few events. */
  #last = new Float64Array(FIRST);
  #used = 0;

  get length(): number {
    return this.#full.length * BLOCK + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#last.length) this.#grow();
    this.#last[this.#used++] = value;
  }

  /** Changes the last value. */
  setLast(value: number): void {
    if (this.#used > 0) this.#last[this.#used - 1] = value;
  }

  /** `NaN` beyond the end. */
  at(index: number): number {
    const block = index >>> BLOCK_BITS;
    if (block < this.#full.length) return this.#full[block]?.[index & (BLOCK - 1)] ?? Number.NaN;
    const place = index - this.#full.length * BLOCK;
    return place < this.#used ? (this.#last[place] ?? Number.NaN) : Number.NaN;
  }

  /** A copy. */
  toArray(): Float64Array<ArrayBuffer> {
    const values = new Float64Array(this.length);
    for (const [number, block] of this.#full.entries()) values.set(block, number * BLOCK);
    values.set(this.#last.subarray(0, this.#used), this.#full.length * BLOCK);
    return values;
  }

  #grow(): void {
    if (this.#last.length < BLOCK) {
      const larger = new Float64Array(this.#last.length * 4);
      larger.set(this.#last);
      this.#last = larger;
      return;
    }
    this.#full.push(this.#last);
    this.#last = new Float64Array(BLOCK);
    this.#used = 0;
  }
}
