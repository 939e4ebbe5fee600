import { performance } from 'node:perf_hooks';

/** A stretch of time in whole microseconds of the machine's monotonic clock. */
export interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

export const lengthUs = ({ startUs, endUs }: Span): number => endUs - startUs;

/** Taken once, before an app's tests may put a clock of their own in its place. */
const sinceStart = performance.now.bind(performance);

/** CLOCK_MONOTONIC in microseconds: on Linux the clock of Chrome's trace timestamps, on the same machine. */
export const nowUs = (): number => Math.round(sinceStart() * 1_000 + START_US);

/**
 * What `performance.now()` counts from. It reads the same clock as `process.hrtime()`, and makes no array, but says only to
 * the millisecond when it began: the closest of some readings is good to a microsecond.
 */
const START_US = closestStart();

function closestStart(): number {
  let least = Infinity;
  // Whatever comes between two readings makes the start seem later than it was.
  for (let reading = 0; reading < 100; reading++) {
    const since = sinceStart() * 1_000;
    const [seconds, nanoseconds] = process.hrtime();
    least = Math.min(least, seconds * 1_000_000 + nanoseconds / 1_000 - since);
  }
  return least;
}
