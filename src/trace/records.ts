/** The keys of an event that the scanner reads in place. */
export const NAME = 0;
export const CAT = 1;
export const PH = 2;
export const TS = 3;
export const DUR = 4;
export const TDUR = 5;
export const PID = 6;
export const TID = 7;
export const ID = 8;
export const ID2 = 9;
export const SCOPE = 10;
export const ARGS = 11;
const FIELD_COUNT = 12;

/** The fields whose values are numbers as a rule stand together. */
const NUMERIC_COUNT = TID - TS + 1;

/** Twelve starts, twelve ends, five doubles, the name's number and a gap. As in fast-scan.as. */
export const RECORD_BYTES: number = FIELD_COUNT * 8 + NUMERIC_COUNT * 8 + 8;
const PLACES = RECORD_BYTES / 4;
const DOUBLES = RECORD_BYTES / 8;
const NAME_PLACE = FIELD_COUNT * 2 + NUMERIC_COUNT * 2;

/**
 * Where the values of events' keys stand in the scanner's buffer, one record an event. Laid out as bytes, so that the
 * fast path writes what the plain one writes.
 */
export class Records {
  /** A record's starts, then its ends; see `placeOf`. */
  readonly places: Int32Array;
  /** The same bytes; see `numberPlaceOf`. */
  readonly numbers: Float64Array;

  constructor(buffer: ArrayBuffer, from: number, capacity: number) {
    this.places = new Int32Array(buffer, from, capacity * PLACES);
    this.numbers = new Float64Array(buffer, from, capacity * DOUBLES);
  }

  static ofOne(): Records {
    return new Records(new ArrayBuffer(RECORD_BYTES), 0, 1);
  }

  /** Where the value begins; 0 where the event lacks the key (no value can stand at 0). */
  start(record: number, field: number): number {
    return this.places[record * PLACES + field] ?? 0;
  }

  /** Just after the value; 0 where the event lacks the key. */
  end(record: number, field: number): number {
    return this.places[record * PLACES + FIELD_COUNT + field] ?? 0;
  }

  /** The number of the event's name. Only the fast path writes it. */
  name(record: number): number {
    return this.places[record * PLACES + NAME_PLACE] ?? 0;
  }

  /** The event lacks all keys, and no number was read. */
  clear(record: number): void {
    this.places.fill(0, record * PLACES, (record + 1) * PLACES);
    const from = record * DOUBLES + FIELD_COUNT;
    this.numbers.fill(Number.NaN, from, from + NUMERIC_COUNT);
  }

  setPlace(record: number, field: number, start: number, end: number): void {
    this.places[record * PLACES + field] = start;
    this.places[record * PLACES + FIELD_COUNT + field] = end;
  }
}

/** Where in `places` the field begins, of the record; where it ends stands `ENDS` further on. 0 where the event lacks it. */
export const placeOf = (record: number): number => record * PLACES;
export const ENDS: number = FIELD_COUNT;

/** Where in `numbers` the value of `TS` would be; of `DUR` to `TID` further on. `NaN` where it was not read. */
export const numberPlaceOf = (record: number): number => record * DOUBLES + FIELD_COUNT;
