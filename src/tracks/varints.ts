/** Writes whole numbers of any size, seven bits a byte, the low ones first: small numbers take one byte. */
export class VarintWriter {
  #bytes = new Uint8Array(2 ** 16);
  #length = 0;

  /** @param value Not negative, up to 2^53. */
  write(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    let rest = value;
    // Bit operators would cut it to 32 bits.
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class VarintReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.#at = from;
  }

  read(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error('The packed timeline ends early.');
      if (byte < 128) return value + byte * factor;
      value += (byte - 128) * factor;
    }
  }
}
