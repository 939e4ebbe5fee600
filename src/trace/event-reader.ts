import type { Extent } from './extent.ts';
import type { FastArgs } from './fast-args.ts';
import { Fields } from './fields.ts';
import { NameTable, UNWATCHED } from './name-table.ts';
import { numberAt } from './numbers.ts';
import { phaseAt } from './phase.ts';
import { NAME, PH, type Records, TS } from './records.ts';
import { type Row, ScannedRow } from './row.ts';

/** Why an event was left out. */
export type DropReason = 'not-an-object' | 'malformed' | 'no-phase' | 'no-timestamp' | 'oversized';

/** Called for each event that is watched, with its name's place in the list of watched names: their number for others. */
export type OnRow = (row: Row, name: number) => void;

/** Reads the few keys of an event that everything rests on, and hands the event on if it is watched. */
export class EventReader {
  /** Smallest timestamp so far of the events that have one of their own, µs. `NaN` where there is none. */
  firstTs: number = Number.NaN;
  /** Largest so far, durations left aside. */
  lastTs: number = Number.NaN;
  readonly #names: NameTable;
  readonly #onRow: OnRow;
  readonly #fields = new Fields();
  readonly #row: ScannedRow;

  constructor(
    watched: readonly string[],
    onRow: OnRow,
    { withOthers, fastArgs }: { readonly withOthers: boolean; readonly fastArgs: FastArgs | null },
  ) {
    this.#row = new ScannedRow(fastArgs);
    this.#names = new NameTable(watched, withOthers ? watched.length : UNWATCHED);
    this.#onRow = onRow;
  }

  /** Returns why the event was dropped, or null. */
  read(
    bytes: Uint8Array,
    start: number,
    end: number,
    { marks, markCount, marksBroken }: Extent,
  ): DropReason | null {
    const fields = this.#fields;
    if (marksBroken || !fields.locate(bytes, start, end, marks, markCount)) return 'malformed';
    const phase = phaseAt(bytes, fields.start(PH), fields.end(PH));
    if (phase === '') return 'no-phase';
    if (phase !== METADATA_PHASE && !this.#takeTimestamp(bytes, phase)) return 'no-timestamp';
    const name = this.#names.find(bytes, fields.start(NAME), fields.end(NAME));
    if (name !== UNWATCHED) this.#handOn(bytes, fields.records, 0, name);
    return null;
  }

  /** Takes in what was read elsewhere: `NaN` for nothing. */
  widenBounds(first: number, last: number): void {
    // Of -0 and 0, which are equal, it must not matter which came first.
    if (first < this.firstTs || Number.isNaN(this.firstTs)) this.firstTs = first + 0;
    if (last > this.lastTs || Number.isNaN(this.lastTs)) this.lastTs = last + 0;
  }

  /** Hands on the first `count` events, which the fast path has read. */
  handOnAll(bytes: Uint8Array, records: Records, count: number): void {
    for (let record = 0; record < count; record++) {
      this.#handOn(bytes, records, record, records.name(record));
    }
  }

  #handOn(bytes: Uint8Array, records: Records, record: number, name: number): void {
    this.#row.moveTo(bytes, records, record);
    this.#onRow(this.#row, name);
  }

  /** Widens the trace's bounds. Returns false if the event has no timestamp. */
  #takeTimestamp(bytes: Uint8Array, phase: string): boolean {
    if (!this.#fields.has(TS)) return false;
    const ts = numberAt(bytes, this.#fields.start(TS), this.#fields.end(TS));
    if (Number.isNaN(ts)) return false;
    // Chrome writes some asynchronous events at 0, which is not when they happened.
    if (ts === 0 && !SYNCHRONOUS_PHASES.has(phase)) return true;
    this.widenBounds(ts, ts);
    return true;
  }
}

const METADATA_PHASE = 'M';
const SYNCHRONOUS_PHASES: ReadonlySet<string> = new Set(['B', 'E', 'I', 'X', 'i']);
