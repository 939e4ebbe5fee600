/** Places in columns of a fixed length, of which the newest are in use: once there are no more, the oldest gives way. */
export class Slots {
  readonly #most: number;
  #taken = 0;
  #forgotten = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many gave way since all were last forgotten. */
  get dropped(): number {
    return Math.max(0, this.#taken - this.#forgotten - this.#most);
  }

  take(): number {
    const slot = this.#taken % this.#most;
    this.#taken += 1;
    return slot;
  }

  clear(): void {
    this.#forgotten = this.#taken;
  }

  /** The oldest first. */
  inUse(): readonly number[] {
    const first = Math.max(this.#forgotten, this.#taken - this.#most);
    return Array.from({ length: this.#taken - first }, (_, index) => (first + index) % this.#most);
  }
}
