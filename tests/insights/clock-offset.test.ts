import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockOffset, clockOffset, type Exchange } from '../../src/insights/clock-offset.ts';

const MINUTE_US = 60_000_000;

/** A server's clock: how it stands against the client's at 0, and what it gains. */
interface Skew {
  readonly offsetUs: number;
  readonly driftPpm: number;
}

/** One request, in microseconds of the client's clock. */
interface Trip {
  readonly sent: number;
  readonly there: number;
  readonly served: number;
  readonly back: number;
}

/** What a server with such a clock would write at a time of the client's. */
const onServer = ({ offsetUs, driftPpm }: Skew, time: number): number =>
  Math.round(time + offsetUs + time * driftPpm * 1e-6);

const exchange = (skew: Skew, { sent, there, served, back }: Trip): Exchange => ({
  sent,
  answered: sent + there + served + back,
  began: onServer(skew, sent + there),
  written: onServer(skew, sent + there + served),
});

/** By how much the offset is wrong at a time of the client's, and how wrong it may be. */
function errorsAt(found: ClockOffset, skew: Skew, time: number): readonly [error: number, bar: number] {
  const server = onServer(skew, time);
  return [Math.abs(server + found.at(server) - time), found.errorAt(server)];
}

const found = (exchanges: readonly Exchange[]): ClockOffset => {
  const offset = clockOffset(exchanges);
  if (offset === undefined) throw new Error('No offset was found.');
  return offset;
};

const skews = fc.record({
  offsetUs: fc.integer({ min: -10 * MINUTE_US, max: 10 * MINUTE_US }),
  driftPpm: fc.double({ min: -50, max: 50, noNaN: true }),
});

/** The way back may take a hundred times as long as the way there. */
const trips = fc.array(
  fc.record({
    sent: fc.integer({ min: 0, max: MINUTE_US }),
    there: fc.integer({ min: 1, max: 200_000 }),
    served: fc.integer({ min: 0, max: 500_000 }),
    back: fc.integer({ min: 1, max: 200_000 }),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Both clocks are read in whole microseconds. */
const READING_US = 1;

describe('the offset of a clock that is off by up to 10 minutes and drifts by up to 50 ppm', () => {
  test('is wrong by no more than is said, between the requests and a minute beyond them', () => {
    fc.assert(
      fc.property(skews, trips, fc.integer({ min: -MINUTE_US, max: 2 * MINUTE_US }), (skew, made, time) => {
        const offset = found(made.map((trip) => exchange(skew, trip)));
        const [error, bar] = errorsAt(offset, skew, time);
        expect(error).toBeLessThanOrEqual(bar + READING_US);
        expect(offset.agreeing).toBe(made.length);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('has a drift that is wrong by no more than is said', () => {
    fc.assert(
      fc.property(skews, trips, (skew, made) => {
        const { driftPpm, driftErrorPpm } = found(made.map((trip) => exchange(skew, trip)));
        // The server's gain is the client's loss.
        expect(Math.abs(driftPpm + skew.driftPpm)).toBeLessThanOrEqual(driftErrorPpm + 0.01);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  test('is known to half of what the quickest exchange took beside the serving', () => {
    const skew = { offsetUs: 7 * MINUTE_US, driftPpm: 0 };
    const slow = exchange(skew, { sent: 0, there: 90_000, served: 10, back: 10_000 });
    const quick = exchange(skew, { sent: 1_000_000, there: 300, served: 150_000, back: 500 });
    const [error, bar] = errorsAt(found([slow, quick]), skew, 1_000_000);
    expect(error).toBeGreaterThan(50);
    expect(bar).toBeLessThan(450);
  });

  test('is no worse where another exchange joins', () => {
    fc.assert(
      fc.property(skews, trips, trips, (skew, some, more) => {
        const few = found(some.map((trip) => exchange(skew, trip)));
        const many = found([...some, ...more].map((trip) => exchange(skew, trip)));
        const server = onServer(skew, some[0]?.sent ?? 0);
        // The middle may move: all of the room that is left is in what there was.
        expect(many.errorAt(server)).toBeLessThanOrEqual(2 * few.errorAt(server) + READING_US);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('does not follow the delays where they are not the same both ways', () => {
    const skew = { offsetUs: -3 * MINUTE_US, driftPpm: 50 };
    const made = Array.from({ length: 20 }, (_, index) =>
      exchange(skew, { sent: index * 3_000_000, there: 100, served: 5_000, back: 80_000 }),
    );
    const [error, bar] = errorsAt(found(made), skew, 30_000_000);
    expect(error).toBeGreaterThan(30_000);
    expect(bar).toBeLessThan(45_000);
    expect(error).toBeLessThanOrEqual(bar);
  });

  test('follows a drift over ten minutes', () => {
    const skew = { offsetUs: 5, driftPpm: -50 };
    const made = Array.from({ length: 100 }, (_, index) =>
      exchange(skew, { sent: index * 6_000_000, there: 200, served: 1_000, back: 200 }),
    );
    const offset = found(made);
    expect(offset.driftPpm).toBeCloseTo(50, 0);
    expect(errorsAt(offset, skew, 590_000_000)[1]).toBeLessThan(500);
  });
});

const good = (count: number): readonly Exchange[] =>
  Array.from({ length: count }, (_, index) =>
    exchange(
      { offsetUs: 1_000_000, driftPpm: 0 },
      { sent: index * 10_000, there: 100, served: 10, back: 100 },
    ),
  );

const lie: Exchange = { sent: 0, answered: 300, began: 5_000_000, written: 5_000_100 };

describe('exchanges that can’t be true', () => {
  test('are left out where most of the others agree', () => {
    const offset = found([...good(3), lie]);
    expect(offset.agreeing).toBe(3);
    expect(offset.at(0)).toBeCloseTo(-1_000_000, -3);
  });

  test('give no offset where they are half of all', () => {
    const other = { ...lie, began: 9_000_000, written: 9_000_100 };
    expect(clockOffset([...good(1), lie])).toBeUndefined();
    expect(clockOffset([...good(2), lie, other])).toBeUndefined();
  });

  test.each([
    ['ends before it begins', { ...lie, answered: -1 }],
    ['is written before it is begun', { ...lie, written: 0 }],
    ['is no number', { ...lie, began: Number.NaN }],
    ['is endless', { ...lie, answered: Number.POSITIVE_INFINITY }],
    ['is beyond what can be counted', { ...lie, began: 1e300, written: 1e300 }],
  ])('count against the others: what %s', (_, odd) => {
    expect(clockOffset([odd])).toBeUndefined();
    expect(clockOffset([...good(1), odd])).toBeUndefined();
    expect(clockOffset([...good(2), odd])?.agreeing).toBe(2);
  });

  test('never give an offset without a finite error', () => {
    const anything = fc.double();
    const exchanges = fc.array(
      fc.record({ sent: anything, answered: anything, began: anything, written: anything }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(exchanges, (made) => {
        const offset = clockOffset(made);
        if (offset !== undefined) {
          expect(offset.at(0)).not.toBeNaN();
          expect(offset.errorAt(0)).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

test('without an exchange there is no offset', () => {
  expect(clockOffset([])).toBeUndefined();
});
