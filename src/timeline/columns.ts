/** A list of numbers without an object for each: grows by doubling. */
export class Column {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** Changes the last value. */
  setLast(value: number): void {
    if (this.#length > 0) this.#values[this.#length - 1] = value;
  }

  /** `NaN` beyond the end. */
  at(index: number): number {
    return index < this.#length ? (this.#values[index] ?? Number.NaN) : Number.NaN;
  }

  /** A copy. */
  toArray(): Float64Array<ArrayBuffer> {
    return this.#values.slice(0, this.#length);
  }
}
