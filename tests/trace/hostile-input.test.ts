import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeLoad } from '../../src/analyze.ts';
import { InpactError } from '../../src/base/errors.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';
import { NotATrace } from '../../src/trace/scanner.ts';
import { contentfulPaint, interaction, rendering } from '../support/interactions.ts';
import { request } from '../support/requests.ts';
import { arrayTrace, comparable, inChunks, objectTrace } from '../support/trace-bytes.ts';
import { loopBlocked, mainThread, step, task, type TraceEvent } from '../support/trace-events.ts';

// Seeded, so that a failure can be had again; fast-check then says which bytes.
const SEEDED = { seed: 20_261_123 } as const;

const events: readonly TraceEvent[] = [
  ...mainThread,
  ...step(0, 0, 200),
  ...interaction({ interactionId: 7, type: 'click', start: 10, processing: [12, 20], end: 30 }),
  ...contentfulPaint({ input: 10, modified: 95, painted: 100, presented: 110, nodeId: 5 }),
  ...request({
    requestId: '1',
    url: 'https://user:secret@page.test/api?token=1#x',
    sent: 14,
    response: { headers: 80, seen: 90, serverTiming: ['db;dur=1;desc="a"'] },
    finish: { lastByte: 82, seen: 91 },
  }),
  task(10, 60, { tdur: 5 }),
  rendering(25),
  loopBlocked(20, 40, 'sqlite'),
];
const trace = objectTrace(events, { after: { metadata: { 'clock-domain': 'LINUX' } } });

/** A change of some bytes: others, none, or more in their place. Bytes that mean something in JSON come often. */
const mutation = fc.record({
  at: fc.nat(trace.length),
  removed: fc.nat(12),
  inserted: fc
    .uint8Array({ maxLength: 3 })
    .chain((bytes) =>
      fc.constantFrom(
        bytes,
        ...['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e9'].map((text) =>
          new TextEncoder().encode(text),
        ),
      ),
    ),
});

const mutated = fc
  .array(mutation, { minLength: 1, maxLength: 4 })
  .map((changes) => changes.reduce((bytes, change) => changed(bytes, change), trace));

function changed(
  bytes: Uint8Array,
  { at, removed, inserted }: { readonly at: number; readonly removed: number; readonly inserted: Uint8Array },
): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

/** The facts in a form that can be compared, or that it is no trace. */
async function factsOrNone(chunks: Iterable<Uint8Array>): Promise<unknown> {
  try {
    return comparable(await gatherFacts(chunks));
  } catch (error) {
    if (error instanceof NotATrace) return 'not a trace';
    throw error;
  }
}

test('damaged bytes give facts or are no trace, the same however they are cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, fc.integer({ min: 1, max: 300 }), async (bytes, size) => {
      expect(await factsOrNone(inChunks(bytes, size))).toEqual(await factsOrNone([bytes]));
    }),
    { ...SEEDED, numRuns: 3_000 },
  );
}, 60_000);

/** Values that JSON can hold but Chrome never writes, besides those that it does. */
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 0, 1e308, -1e308, 2 ** 63, '', '5', '__proto__', true, [], {}, [null]),
);

/** The events with one value, at some depth, replaced or taken away. */
const distorted = fc
  .array(fc.tuple(fc.nat(), fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), anyValue), { maxLength: 6 })
  .map((changes) =>
    changes.reduce<readonly TraceEvent[]>((changing, [which, path, value]) => {
      const index = which % changing.length;
      return changing.with(index, {
        ...changing[index],
        ...objectOf(replaced(changing[index], path, value)),
      });
    }, events),
  );

function replaced(value: unknown, [turn = 0, ...rest]: readonly number[], by: unknown): unknown {
  const entries = Object.entries(objectOf(value));
  const [key] = entries[turn % Math.max(1, entries.length)] ?? [];
  if (key === undefined) return by;
  const inner = rest.length === 0 ? by : replaced(objectOf(value)[key], rest, by);
  if (Array.isArray(value)) return value.with(Number(key), inner);
  return { ...objectOf(value), [key]: inner };
}

const objectOf = (value: unknown): TraceEvent =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** The keys of what JSON cannot say: `NaN`, infinity, undefined. */
function unspeakable(result: unknown): readonly string[] {
  const keys: string[] = [];
  JSON.stringify(result, (key, value: unknown) => {
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) keys.push(key);
    return value;
  });
  return keys;
}

test('whatever an event holds, the result holds only figures and reasons', async () => {
  await fc.assert(
    fc.asyncProperty(distorted, async (strange) => {
      const bytes = [arrayTrace(strange)];
      const server = { file: 'server.json', bytes };
      const result = await analyzeLoad({ file: 'trace.json', bytes, steps: ['click'], server });
      expect(unspeakable(result)).toEqual([]);
    }),
    { ...SEEDED, numRuns: 2_000 },
  );
}, 60_000);

test('an event that calls itself metadata and has no time is no NaN in the result', async () => {
  const strange = events.map((event) => ({ ...event, ph: 'M', ts: undefined }));
  const bytes = [arrayTrace(strange)];
  const result = await analyzeLoad({ file: 'trace.json', bytes, steps: ['click'], server: undefined });
  expect(unspeakable(result)).toEqual([]);
});

test('a hundred thousand events of one interaction and frame are no more than one', async () => {
  const many = Array.from({ length: 100_000 }, (_, count) =>
    interaction({
      interactionId: 7,
      type: 'click',
      start: 10,
      processing: [12, 20],
      end: 30,
      asyncId: String(count),
    }),
  );
  const facts = await gatherFacts([arrayTrace(many.flat())]);
  expect(facts.interactions).toHaveLength(1);
}, 60_000);

test('what is no trace is refused by a code, not by an accident', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
      const analysis = analyzeLoad({ file: 'x', bytes: [bytes], steps: [], server: undefined });
      const refusal: unknown = await analysis.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refusal !== undefined)
        expect(refusal).toMatchObject({ name: InpactError.name, code: 'not-a-trace' });
    }),
    { ...SEEDED, numRuns: 2_000 },
  );
}, 60_000);
