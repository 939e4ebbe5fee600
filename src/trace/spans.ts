import type { Row } from './row.ts';

/** Where in a span each number stands. As in fast-scan.as. */
export const SPAN_TS = 0;
export const SPAN_DURATION = 1;
/** Time on the processor. `NaN` where absent. */
export const SPAN_CPU = 2;
export const SPAN_PID = 3;
export const SPAN_TID = 4;
/** The name's place in the list of watched names. */
export const SPAN_NAME = 5;
export const SPAN_SIZE = 6;

/**
 * Complete events, six numbers each: two thirds of a trace's watched events are tasks, and a call and a cursor for each would
 * take longer than all else. Valid only until the call that it was given to returns.
 */
export interface Spans {
  readonly numbers: Float64Array;
  readonly count: number;
}

const CAPACITY = 64;

/** Makes spans of rows, where they came as such. */
export class SpanBlock implements Spans {
  readonly numbers: Float64Array = new Float64Array(CAPACITY * SPAN_SIZE);
  count = 0;

  get isFull(): boolean {
    return this.count === CAPACITY;
  }

  push({ ts, duration, cpu, pid, tid }: Row, name: number): void {
    const from = this.count++ * SPAN_SIZE;
    this.numbers[from + SPAN_TS] = ts;
    this.numbers[from + SPAN_DURATION] = duration;
    this.numbers[from + SPAN_CPU] = cpu;
    this.numbers[from + SPAN_PID] = pid;
    this.numbers[from + SPAN_TID] = tid;
    this.numbers[from + SPAN_NAME] = name;
  }

  clear(): void {
    this.count = 0;
  }
}
