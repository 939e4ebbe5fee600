import {
  BACKSLASH,
  isSpace,
  KIND_CLOSE,
  KIND_COLON,
  KIND_COMMA,
  KIND_OPEN,
  KIND_QUOTE,
  KINDS,
  QUOTE,
} from './bytes.ts';
import { MAX_KEYS } from './fields.ts';

/**
 * Finds where a JSON value ends, over as many chunks as it takes. For an object it also notes where its own colons and
 * commas stand, so that its keys need not be searched for afterwards.
 */
export class Extent {
  /** Places of the object's own colons and commas, in turn. */
  readonly marks: Int32Array = new Int32Array(2 * MAX_KEYS);
  markCount = 0;
  /** The object's colons and commas do not alternate, or are too many: it is no well-formed event. */
  marksBroken = false;
  /** Whether the last scan reached the value's end. */
  isComplete = false;
  #depth = 0;
  #inString = false;

  begin(): void {
    this.markCount = 0;
    this.marksBroken = false;
    this.isComplete = false;
    this.#depth = 0;
    this.#inString = false;
  }

  /** The buffer has moved its bytes down by so many places. */
  shift(by: number): void {
    if (by === 0) return;
    for (let mark = 0; mark < this.markCount; mark++) this.marks[mark] = (this.marks[mark] ?? 0) - by;
  }

  /**
   * Goes on in an object. Long and flat on purpose: this loop sees every byte of a trace.
   * @returns Where it stopped: after the object, at the end, or, after a backslash, one past it.
   */
  scanObject(bytes: Uint8Array, from: number, end: number): number {
    const marks = this.marks;
    let at = from;
    let depth = this.#depth;
    let inString = this.#inString;
    let markCount = this.markCount;
    while (at < end) {
      if (inString) {
        const byte = bytes[at++] ?? 0;
        if (byte === QUOTE) inString = false;
        else if (byte === BACKSLASH) at++;
        continue;
      }
      const kind = KINDS[bytes[at++] ?? 0] ?? 0;
      if (kind === 0) continue;
      if (kind === KIND_QUOTE) inString = true;
      else if (kind === KIND_OPEN) depth++;
      else if (kind === KIND_CLOSE) {
        depth--;
        if (depth === 0) break;
      } else if (depth === 1) {
        const expectsColon = markCount % 2 === 0;
        if (markCount === marks.length || expectsColon !== (kind === KIND_COLON)) this.marksBroken = true;
        else marks[markCount++] = at - 1;
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.markCount = markCount;
    this.isComplete = depth === 0;
    return at;
  }

  /**
   * Goes on in a value of any kind.
   * @returns As `scanObject`. A number or a word ends before the byte that shows its end.
   */
  scanValue(bytes: Uint8Array, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#inString) {
        if (byte === BACKSLASH && at + 1 >= end) return end + 1;
        if (byte === BACKSLASH) at++;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#depth === 0) return this.#complete(at + 1);
        }
        continue;
      }
      const kind = KINDS[byte] ?? 0;
      if (kind === KIND_QUOTE) this.#inString = true;
      else if (kind === KIND_OPEN) this.#depth++;
      else if (kind === KIND_CLOSE && this.#depth > 0) {
        this.#depth--;
        if (this.#depth === 0) return this.#complete(at + 1);
      } else if (this.#depth === 0 && (kind === KIND_CLOSE || kind === KIND_COMMA || isSpace(byte))) {
        return this.#complete(at);
      }
    }
    return end;
  }

  #complete(at: number): number {
    this.isComplete = true;
    return at;
  }
}
