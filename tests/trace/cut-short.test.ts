import { describe, expect, test } from 'vitest';
import { type Facts, gatherFacts } from '../../src/timeline/facts.ts';
import type { ScanCut } from '../../src/trace/scan.ts';
import { NotATrace } from '../../src/trace/scanner.ts';
import { readPlainly } from '../fixture-traces/plain-reading.ts';
import { interaction } from '../support/interactions.ts';
import { bytesOf, comparable } from '../support/trace-bytes.ts';
import { mainThread, task } from '../support/trace-events.ts';

const EVENTS = [
  ...mainThread,
  task(0, 60, { args: { title: 'quote " brace } backslash \\' } }),
  ...interaction({ interactionId: 7, type: 'click', start: 10, processing: [15, 40], end: 64 }),
  task(100, 70),
].map((event) => JSON.stringify(event));

/** A trace and where each of its events begins and ends. */
interface Fixture {
  readonly bytes: Uint8Array;
  readonly extents: readonly (readonly [number, number])[];
}

/** Every character is one byte long, so that places in the text are places in the bytes. */
function fixture(before: string, after: string): Fixture {
  const extents: (readonly [number, number])[] = [];
  let text = before;
  for (const event of EVENTS) {
    if (extents.length > 0) text += ',\n';
    extents.push([text.length, text.length + event.length]);
    text += event;
  }
  return { bytes: bytesOf(text + after), extents };
}

/** The facts of just the events that ended before the cut, by themselves. */
const factsOfWhole = (count: number): Promise<Facts> =>
  gatherFacts([bytesOf(`[${EVENTS.slice(0, count).join(',')}]`)]);

/** Everything but where the trace ends, and the metadata. */
const withoutScan = (facts: Facts): unknown => ({ ...comparable(facts), scan: facts.scan.read });

/** Large enough that the fast path reads most of it, in several parts. */
describe.each(['click-fetch', '55-interactions', 'prerender'])('the recorded trace %s', (name) => {
  const { text } = readPlainly(name);
  const bytes = bytesOf(text);
  /** Where events end: each stands on a line of its own. */
  const ends = Array.from(text.matchAll(/\},?\n/g), ({ index }) =>
    Buffer.byteLength(text.slice(0, index + 1)),
  );
  const some = ends.filter((_, index) => index % Math.ceil(ends.length / 12) === 3);

  test('that ends at the end of an event, or 3 bytes off, says what its whole events say', async () => {
    expect(some.length).toBeGreaterThan(8);
    for (const end of some) {
      const whole = Buffer.concat([bytes.subarray(0, end), bytesOf(']}')]);
      const complete = withoutScan(await gatherFacts([whole]));
      for (const off of [0, 1, 2, 3]) {
        const facts = await gatherFacts([bytes.subarray(0, end + off)]);
        expect(withoutScan(facts), `cut at ${String(end + off)}`).toEqual(complete);
        expect(facts.scan.cut).toMatchObject({ reason: 'cut-short' });
      }
      const before = ends[ends.indexOf(end) - 1] ?? 0;
      const shorter = Buffer.concat([bytes.subarray(0, before), bytesOf(']}')]);
      const without = withoutScan(await gatherFacts([shorter]));
      for (const off of [1, 2, 3]) {
        const facts = await gatherFacts([bytes.subarray(0, end - off)]);
        expect(withoutScan(facts), `cut at ${String(end - off)}`).toEqual(without);
        expect(facts.scan.cut).toMatchObject({ reason: 'cut-short' });
      }
    }
  }, 120_000);
});

describe.each([
  ['array', fixture('[', ']')],
  ['object', fixture('{"displayTimeUnit":"ms","traceEvents":[', '],"metadata":{"os":"x\\""}}')],
])('a trace in the %s form that ends at any byte', (form, { bytes, extents }) => {
  const wholeFacts = Promise.all([...EVENTS, ''].map((_, count) => factsOfWhole(count)));

  test('says what the events before the end say, and where it ends', async () => {
    const expected = (await wholeFacts).map(withoutScan);
    for (let end = 1; end < bytes.length; end++) {
      const facts = await gatherFacts([bytes.subarray(0, end)]);
      const whole = extents.filter(([, eventEnd]) => eventEnd <= end).length;
      expect(withoutScan(facts), `cut at ${String(end)}`).toEqual(expected[whole]);
      expectCut(facts.scan.cut, end);
    }
  });

  function expectCut(cut: ScanCut | null, end: number): void {
    const within = extents.find(([from, to]) => from < end && end < to);
    if (within !== undefined) expect(cut).toEqual({ reason: 'cut-short', atByte: within[0] });
    // Chrome appends to a list of events until it dies: its closing bracket says nothing.
    else if (form === 'array') expect(cut).toBeNull();
    else {
      const lastEvent = extents.findLast(([, eventEnd]) => eventEnd <= end)?.[1] ?? 0;
      expect(cut?.reason).toBe('cut-short');
      expect(cut?.atByte).toBeGreaterThanOrEqual(lastEvent);
      expect(cut?.atByte).toBeLessThanOrEqual(end);
    }
  }

  test('is whole at its last byte and no trace at its first', async () => {
    expect((await gatherFacts([bytes])).scan.cut).toBeNull();
    await expect(gatherFacts([bytes.subarray(0, 0)])).rejects.toThrow(NotATrace);
  });
});
