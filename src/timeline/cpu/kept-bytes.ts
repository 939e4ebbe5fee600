/** Where some bytes are kept. */
export interface KeptPiece {
  readonly block: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** Enough to make blocks few, little enough to waste no memory on the last one. */
const BLOCK_BYTES = 2 ** 19;

/** Copies of bytes of the trace, which it holds only for a moment, in a few large blocks instead of many small ones. */
export class KeptBytes {
  #block = new Uint8Array(0);
  #used = 0;

  keep(bytes: Uint8Array): KeptPiece {
    if (this.#used + bytes.length > this.#block.length) {
      this.#block = new Uint8Array(Math.max(BLOCK_BYTES, bytes.length));
      this.#used = 0;
    }
    const from = this.#used;
    this.#block.set(bytes, from);
    this.#used += bytes.length;
    return { block: this.#block, from, to: this.#used };
  }
}
