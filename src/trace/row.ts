import { micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { type ArgPath, valueAt } from './arg-paths.ts';
import { textOf } from './bytes.ts';
import { ABSENT, ESCAPED_TEXT, type FastArgs, NUMBER, TEXT } from './fast-args.ts';
import { saneNumber } from './json.ts';
import { numberAt } from './numbers.ts';
import { parsedJson } from './parsed-json.ts';
import { phaseAt } from './phase.ts';
import {
  ARGS,
  CAT,
  DUR,
  ENDS,
  ID,
  ID2,
  NAME,
  numberPlaceOf,
  PH,
  PID,
  placeOf,
  type Records,
  SCOPE,
  TDUR,
  TID,
  TS,
} from './records.ts';

/**
 * The current event, read from the scanner's buffer when asked. One instance is reused for all events: it is valid only
 * while a handler handles it, so a handler copies what it keeps.
 */
export interface Row {
  /** As JSON, quotes included: valid as long as the row. Empty where absent. */
  nameBytes(): Uint8Array;
  /** Whether the event is of this category, which may be one of several. */
  isOf(category: string): boolean;
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
  /** The same for all handlers: not to be changed. `undefined` where absent or no JSON. */
  args(): unknown;
  /** The number at a path of the arguments. Undefined where there is none, or none that a trace can mean. */
  argNumber(path: ArgPath): number | undefined;
  argText(path: ArgPath): string | undefined;
  hasArg(path: ArgPath): boolean;
  /** Their JSON as it stands in the trace, for who looks at few of them: valid as long as the row. Empty where absent. */
  argsBytes(): Uint8Array;
}

/** The row over the scanner's buffer. */
export class ScannedRow implements Row {
  #bytes: Uint8Array = new Uint8Array(0);
  // Held here and not asked of the records: of half a million rows each is asked for six of its values.
  #places: Int32Array = new Int32Array(0);
  #numbers: Float64Array = new Float64Array(0);
  #place = 0;
  #numberPlace = 0;
  /** Several handlers may ask for the same event's. */
  #args: unknown;
  #hasParsedArgs = false;
  /** Whether the arguments' paths were looked for, and could be read from the bytes. */
  #argsRead: 'not yet' | 'from bytes' | 'no' = 'not yet';
  readonly #fastArgs: FastArgs | null;
  readonly #threadNumbers = new Map<string, number>();

  /** @param fastArgs Null where all arguments are to be parsed as JSON. It must look at the bytes that are given to `moveTo`. */
  constructor(fastArgs: FastArgs | null) {
    this.#fastArgs = fastArgs;
  }

  /** To the event that the record describes. Its places are in `bytes`. */
  moveTo(bytes: Uint8Array, { places, numbers }: Records, record: number): void {
    this.#bytes = bytes;
    this.#places = places;
    this.#numbers = numbers;
    this.#place = placeOf(record);
    this.#numberPlace = numberPlaceOf(record);
    this.#hasParsedArgs = false;
    this.#argsRead = 'not yet';
  }

  nameBytes(): Uint8Array {
    return this.#bytes.subarray(this.#start(NAME), this.#end(NAME));
  }

  isOf(category: string): boolean {
    return (
      this.#has(CAT) &&
      textOf(this.#bytes, this.#start(CAT) + 1, this.#end(CAT) - 1)
        .split(',')
        .includes(category)
    );
  }

  get phase(): string {
    return phaseAt(this.#bytes, this.#start(PH), this.#end(PH));
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
    return this.#has(TID) ? this.#processOrThread(TID) : this.pid;
  }

  get asyncKey(): string {
    const id = this.#shortText(ID2) || this.#shortText(ID);
    // Old Chrome writes `id` where it means an id of this process; a global id says so.
    const process = id.includes('"global"') ? '' : String(this.pid);
    return id === '' ? '' : `${process}|${this.#shortText(CAT)}|${this.#shortText(SCOPE)}|${id}`;
  }

  args(): unknown {
    if (this.#hasParsedArgs) return this.#args;
    this.#args = this.#has(ARGS) ? parsedJson(this.#text(ARGS)) : undefined;
    this.#hasParsedArgs = true;
    return this.#args;
  }

  argNumber(path: ArgPath): number | undefined {
    const fast = this.#readArgs();
    if (fast === null) return saneNumber(valueAt(this.args(), path));
    if (fast.kind(path) !== NUMBER) return undefined;
    const number = fast.number(path);
    return Number.isNaN(number)
      ? saneNumber(numberAt(this.#bytes, fast.start(path), fast.end(path)))
      : number;
  }

  argText(path: ArgPath): string | undefined {
    const fast = this.#readArgs();
    const kind = fast?.kind(path);
    if (fast !== null && kind === TEXT) return fast.text(path, this.#bytes);
    if (fast !== null && kind !== ESCAPED_TEXT) return undefined;
    const value =
      fast === null
        ? valueAt(this.args(), path)
        : parsedJson(textOf(this.#bytes, fast.start(path), fast.end(path)));
    return typeof value === 'string' ? value : undefined;
  }

  hasArg(path: ArgPath): boolean {
    const fast = this.#readArgs();
    return fast === null ? valueAt(this.args(), path) !== undefined : fast.kind(path) !== ABSENT;
  }

  argsBytes(): Uint8Array {
    return this.#bytes.subarray(this.#start(ARGS), this.#end(ARGS));
  }

  /** Null where the arguments are to be parsed as JSON. */
  #readArgs(): FastArgs | null {
    const fast = this.#fastArgs;
    if (this.#argsRead === 'not yet') {
      const isRead = fast !== null && this.#has(ARGS) && fast.read(this.#start(ARGS), this.#end(ARGS));
      this.#argsRead = isRead ? 'from bytes' : 'no';
    }
    return this.#argsRead === 'from bytes' ? fast : null;
  }

  #start(field: number): number {
    return this.#places[this.#place + field] ?? 0;
  }

  #end(field: number): number {
    return this.#places[this.#place + ENDS + field] ?? 0;
  }

  #has(field: number): boolean {
    return this.#start(field) !== 0;
  }

  #number(field: number): number {
    const known = this.#numbers[this.#numberPlace + field - TS] ?? Number.NaN;
    if (!Number.isNaN(known) || !this.#has(field)) return known;
    return numberAt(this.#bytes, this.#start(field), this.#end(field));
  }

  #text(field: number): string {
    return this.#has(field) ? textOf(this.#bytes, this.#start(field), this.#end(field)) : '';
  }

  /** For what comes again and again. */
  #shortText(field: number): string {
    if (!this.#has(field)) return '';
    return this.#fastArgs?.textAt(this.#start(field), this.#end(field), this.#bytes) ?? this.#text(field);
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
