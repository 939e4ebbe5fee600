import { micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { textOf } from './bytes.ts';
import { ARGS, CAT, DUR, ID, ID2, type Fields, PH, PID, SCOPE, TDUR, TID, TS } from './fields.ts';
import { numberAt } from './numbers.ts';

/**
 * The current event, read from the scanner's buffer when asked. One instance is reused for all events: it is valid only
 * while a handler handles it, so a handler copies what it keeps.
 */
export interface Row {
  /** The phase's letter. https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
  readonly phase: string;
  /** 0 where an event of metadata has none. */
  readonly ts: TraceTime;
  /** Wall time. `NaN` where absent. */
  readonly duration: Micro;
  /** Time on the processor. `NaN` where absent. */
  readonly cpu: Micro;
  readonly pid: number;
  /** The process's number where the event names no thread. */
  readonly tid: number;
  /**
   * What tells asynchronous events of one kind apart: category, scope and id, and the process where the id is local to it
   * or says nothing of its reach. Empty where the event has no id.
   */
  readonly asyncKey: string;
  /** Parsed anew at every call. `undefined` where absent or no JSON. */
  args(): unknown;
}

/** The row over the scanner's buffer. */
export class ScannedRow implements Row {
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #fields: Fields;
  readonly #threadNumbers = new Map<string, number>();

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  moveTo(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  get phase(): string {
    return this.#unquoted(PH);
  }

  get ts(): TraceTime {
    return traceTime(this.#number(TS) || 0);
  }

  get duration(): Micro {
    return micro(this.#number(DUR));
  }

  get cpu(): Micro {
    return micro(this.#number(TDUR));
  }

  get pid(): number {
    return this.#processOrThread(PID);
  }

  get tid(): number {
    return this.#fields.has(TID) ? this.#processOrThread(TID) : this.pid;
  }

  get asyncKey(): string {
    const id = this.#text(ID2) || this.#text(ID);
    // Old Chrome writes `id` where it means an id of this process; a global id says so.
    const process = id.includes('"global"') ? '' : String(this.pid);
    return id === '' ? '' : `${process}|${this.#text(CAT)}|${this.#text(SCOPE)}|${id}`;
  }

  args(): unknown {
    if (!this.#fields.has(ARGS)) return undefined;
    try {
      return JSON.parse(this.#text(ARGS));
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  #number(field: number): number {
    if (!this.#fields.has(field)) return Number.NaN;
    return numberAt(this.#bytes, this.#fields.start(field), this.#fields.end(field));
  }

  #text(field: number): string {
    if (!this.#fields.has(field)) return '';
    return textOf(this.#bytes, this.#fields.start(field), this.#fields.end(field));
  }

  #unquoted(field: number): string {
    return textOf(this.#bytes, this.#fields.start(field) + 1, this.#fields.end(field) - 1);
  }

  /** Some writers name processes and threads in words: those are numbered downwards from -1. */
  #processOrThread(field: number): number {
    const value = this.#number(field);
    if (!Number.isNaN(value)) return value;
    const word = this.#text(field);
    const known = this.#threadNumbers.get(word);
    if (known !== undefined) return known;
    const fresh = -1 - this.#threadNumbers.size;
    this.#threadNumbers.set(word, fresh);
    return fresh;
  }
}
