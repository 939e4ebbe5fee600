import { describe, expect, test } from 'vitest';
import { type Facts, gatherFacts } from '../../src/timeline/facts.ts';
import { NotATrace, type ScanCut } from '../../src/trace/scanner.ts';
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
