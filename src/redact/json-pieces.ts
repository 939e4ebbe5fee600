/** A part of a JSON text: one whole value (an event, say), or what stands between values. */
export interface Piece {
  readonly kind: 'value' | 'between';
  readonly text: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);

/**
 * Cuts a trace into its events and what is between them, as its bytes arrive; a chunk may end anywhere. Values are taken whole where
 * they lie inside the outermost array or object, and one deeper where that value is an array, as `traceEvents` is.
 */
export class JsonPieces {
  readonly #decoder = new TextDecoder('utf-8');
  #held = '';
  /** Where in what is held the scan goes on. */
  #at = 0;
  /** Where the value or the text between values begins that is being read. */
  #from = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** How deep the value lies that is being taken whole, or -1. */
  #valueDepth = -1;
  /** Whether the outermost value, and the one inside it, is an array. */
  readonly #isArray: boolean[] = [];

  push(chunk: Uint8Array): readonly Piece[] {
    return this.#scan(this.#decoder.decode(chunk, { stream: true }));
  }

  /** What is left: a value that was cut short is given as one, and will not be JSON. */
  end(): readonly Piece[] {
    const pieces = [...this.#scan(this.#decoder.decode())];
    const text = this.#held.slice(this.#from);
    if (text !== '')
      pieces.push({ kind: this.#valueDepth !== -1 || this.#isInString ? 'value' : 'between', text });
    this.#held = '';
    return pieces;
  }

  #scan(text: string): readonly Piece[] {
    this.#held += text;
    const pieces: Piece[] = [];
    for (; this.#at < this.#held.length; this.#at++) this.#step(this.#held.charCodeAt(this.#at), pieces);
    if (this.#valueDepth === -1 && !this.#isInString) this.#cut('between', this.#at, pieces);
    this.#held = this.#held.slice(this.#from);
    this.#at -= this.#from;
    this.#from = 0;
    return pieces;
  }

  #step(code: number, pieces: Piece[]): void {
    if (this.#isInString) {
      this.#stepInString(code, pieces);
    } else if (code === QUOTE) {
      this.#isInString = true;
      if (this.#valueDepth === -1) this.#cut('between', this.#at, pieces);
    } else if (OPEN.has(code)) {
      this.#open(code === 0x5b, pieces);
    } else if (CLOSE.has(code)) {
      this.#depth--;
      if (this.#valueDepth === -1) this.#isArray.length = Math.max(0, this.#depth);
      if (this.#depth === this.#valueDepth) {
        this.#valueDepth = -1;
        this.#cut('value', this.#at + 1, pieces);
      }
    }
  }

  #stepInString(code: number, pieces: Piece[]): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) {
      this.#isInString = false;
      // A key, or a text that lies between the events.
      if (this.#valueDepth === -1) this.#cut('value', this.#at + 1, pieces);
    }
  }

  #open(isArray: boolean, pieces: Piece[]): void {
    if (this.#valueDepth === -1) {
      // The outermost container is gone into, and an array inside an object.
      const isGoneInto = this.#depth === 0 || (this.#depth === 1 && isArray && this.#isArray[0] === false);
      if (isGoneInto) {
        this.#isArray[this.#depth] = isArray;
      } else {
        this.#cut('between', this.#at, pieces);
        this.#valueDepth = this.#depth;
      }
    }
    this.#depth++;
  }

  #cut(kind: Piece['kind'], to: number, pieces: Piece[]): void {
    if (to > this.#from) pieces.push({ kind, text: this.#held.slice(this.#from, to) });
    this.#from = to;
  }
}
