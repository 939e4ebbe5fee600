import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { type PlainEvent, readPlainly, TRACES } from '../fixture-traces/plain-reading.ts';
import { seededRandom } from '../support/random.ts';
import { bytesOf } from '../support/trace-bytes.ts';

const NAMES = readdirSync(TRACES)
  .filter((file) => file.endsWith('.json.gz'))
  .map((file) => file.replace('.json.gz', ''))
  // Ten times the others, and nothing that 55 do not show.
  .filter((name) => name !== '510-interactions');

/** In any order but that of time. What happened at the same microsecond keeps its order: nothing else tells it apart. */
function shuffled(events: readonly PlainEvent[], seed: number): readonly PlainEvent[] {
  const next = seededRandom(seed);
  const places = new Map<number, number>();
  const placeOf = ({ ts }: PlainEvent): number => {
    const place = places.get(ts) ?? next();
    places.set(ts, place);
    return place;
  };
  return events.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const resultOf = (name: string, events: readonly PlainEvent[]): Promise<TraceResult> =>
  analyze({ file: name, bytes: [bytesOf(JSON.stringify(events))] });

test.each(NAMES)(
  'the recorded trace %s says the same in whatever order its events stand',
  async (name) => {
    const { events } = readPlainly(name);
    const inOrder = await resultOf(name, events);
    for (const seed of [1, 2, 3]) {
      const mixed = shuffled(events, seed);
      expect(mixed).not.toEqual(events);
      expect(await resultOf(name, mixed)).toEqual(inOrder);
    }
  },
  60_000,
);
