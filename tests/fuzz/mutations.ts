import type { Seed } from './seeds.ts';

/** A number in [0, 1). */
type Random = () => number;

/** One changed trace. */
export function mutated(seeds: readonly Seed[], random: Random): Uint8Array {
  const text = wrapped(changedEvents(seeds, random), random);
  if (chance(random, 0.5)) return encoder.encode(text);
  return changedBytes(encoder.encode(text), encoder.encode(pick(seeds, random).events[0] ?? ''), random);
}

const encoder = new TextEncoder();

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const chance = (random: Random, share: number): boolean => random() < share;

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}

/** Values that JSON or a careless writer can put in place of any other. */
const STRANGE: readonly string[] = [
  ...'NaN 1e999 -1e999 -1 0 -0 0.5 1e308 -1e308 5e-324 1.7976931348623157e308 01 1e .5 undefined'.split(' '),
  ...'9223372036854775808 18446744073709551616 99999999999999999999 4294967296 -4294967297'.split(' '),
  ...'"1" "-1" "NaN" "" "__proto__" "constructor" "\\ud800" "\\u0000" "0x1" "🤖"'.split(' '),
  ...'null true false [] {} [null] [[1]] {"a":1} {"__proto__":{"data":1}}'.split(' '),
  ...'"X" "b" "e" "B" "E" "M" "n" "I" "P" "R" "s" "c"'.split(' '),
  `"${'x'.repeat(5000)}"`,
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}`,
];

const FIELDS: readonly string[] = [
  'ph',
  'ts',
  'dur',
  'tdur',
  'id',
  'id2',
  'pid',
  'tid',
  'name',
  'cat',
  'args',
];

/** The events of one recorded trace, some of them changed, left out, doubled, moved, or another trace's. */
function changedEvents(seeds: readonly Seed[], random: Random): readonly string[] {
  const events = [...pick(seeds, random).events];
  for (let change = below(random, 5); change >= 0; change--) {
    const place = below(random, events.length);
    const event = events[place] ?? '{}';
    const other = pick(events, random);
    const how = below(random, 12);
    if (how === 0) events.splice(place, 1 + below(random, 3));
    else if (how === 1) events.splice(place, 0, event);
    else if (how === 2) events.splice(below(random, events.length), 0, ...events.splice(place, 1));
    else if (how === 3)
      events.splice(place, 1, ...pick(seeds, random).events.slice(0, 1 + below(random, 20)));
    else if (how === 4)
      events[place] = withField(event, pick(FIELDS, random), fieldOf(other, pick(FIELDS, random)));
    else if (how === 5) events[place] = pick(STRANGE, random);
    else if (how <= 8) events[place] = withField(event, pick(FIELDS, random), pick(STRANGE, random));
    else events[place] = withinArgs(event, random);
    if (events.length === 0) events.push('{}');
  }
  return events;
}

/** The two forms of a trace, closed or not, and what writers put around them. */
function wrapped(events: readonly string[], random: Random): string {
  const list = events.join(pick([',\n', ',', ' , ', '\r\n,'], random));
  return pick(
    [
      `[${list}]`,
      `[${list}`,
      `{"traceEvents":[${list}]}`,
      `{"traceEvents":[${list}],"metadata":{"clock-domain":"LINUX_CLOCK_MONOTONIC"}}`,
      `{"metadata":${pick(STRANGE, random)},"traceEvents":[${list}]}`,
      `{"traceEvents":[${list}],"traceEvents":[${list}]}`,
      `\uFEFF[${list}]`,
    ],
    random,
  );
}

/** An event's text with one of its fields replaced, or added if it lacks it. `raw` need not be JSON. */
function withField(event: string, field: string, raw: string): string {
  const parsed = objectIn(event);
  return parsed === undefined ? raw : withRaw({ ...parsed, [field]: PLACEHOLDER }, raw);
}

function fieldOf(event: string, field: string): string {
  const value = objectIn(event)?.[field];
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** Replaces, somewhere in what the event says, one value by another. */
function withinArgs(event: string, random: Random): string {
  const parsed = objectIn(event);
  if (parsed === undefined) return event;
  return withRaw({ ...parsed, args: replacedIn(parsed['args'], random) }, pick(STRANGE, random));
}

function replacedIn(value: unknown, random: Random): unknown {
  if (!isObject(value) || Object.keys(value).length === 0 || chance(random, 0.15)) return PLACEHOLDER;
  const entries = Object.entries(value);
  const [key, inner] = pick(entries, random);
  if (Array.isArray(value)) return value.with(Number(key), replacedIn(inner, random));
  return { ...value, [key]: replacedIn(inner, random) };
}

const PLACEHOLDER = '@@raw@@';
// A replacing string would be searched for `$`.
const withRaw = (event: unknown, raw: string): string =>
  JSON.stringify(event).replace(`"${PLACEHOLDER}"`, () => raw);

function objectIn(event: string): Readonly<Record<string, unknown>> | undefined {
  if (!event.startsWith('{"') || event.includes(PLACEHOLDER)) return undefined;
  try {
    const parsed: unknown = JSON.parse(event);
    return isObject(parsed) ? parsed : undefined;
  } catch (error) {
    // An earlier change has made it no JSON.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Bytes that mean something in JSON, and some that break UTF-8. */
const BYTES: Uint8Array = encoder.encode('"\\{}[],:0-9eE.n \n\0');

function changedBytes(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let changing = bytes;
  for (let change = below(random, 4); change >= 0; change--) {
    const at = below(random, changing.length + 1);
    const length = chance(random, 0.8) ? below(random, 16) : below(random, changing.length);
    const range = changing.subarray(at, at + length);
    const before = changing.subarray(0, at);
    const after = changing.subarray(at);
    const rest = changing.subarray(at + length);
    const how = below(random, 8);
    if (how === 0) changing = before;
    else if (how === 1) changing = joined(before, rest);
    else if (how === 2) changing = joined(before, range, after);
    else if (how === 3) changing = joined(before, other.subarray(0, length), rest);
    else if (how === 4) changing = joined(before, Uint8Array.of(below(random, 256)), rest);
    else if (how === 5)
      changing = joined(before, Uint8Array.of(BYTES[below(random, BYTES.length)] ?? 0), after);
    else if (how === 6) changing = joined(range, before, rest);
    else changing = withFlippedBit(changing, at, below(random, 8));
  }
  return changing;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

function withFlippedBit(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
  return flipped;
}
