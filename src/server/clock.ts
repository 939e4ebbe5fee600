/** CLOCK_MONOTONIC in microseconds: on Linux the clock of Chrome's trace timestamps, on the same machine. */
export function nowUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.round(nanoseconds / 1_000);
}

/** A stretch of time on that clock, in whole microseconds. */
export interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

export const lengthUs = ({ startUs, endUs }: Span): number => endUs - startUs;
