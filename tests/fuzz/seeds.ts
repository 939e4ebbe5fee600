import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { drawnSeed } from './drawn-seed.ts';

/** A recorded trace cut down to a few events of each kind, small enough for a thousand analyses a second. */
export interface Seed {
  /** The fixture that it was cut from. */
  readonly name: string;
  /** Each event as Chrome wrote it, in the order of the file. */
  readonly events: readonly string[];
}

const TRACES = join(import.meta.dirname, '../../fixtures/traces');

/** A begin and its end, and another pair to confuse them with. */
const MOST_OF_A_NAME = 4;
const MOST_BYTES = 14 * 1024;

/** Cut at the ends of events from every fixture, and one drawn by hand of what those lack. */
export const readSeeds = (): readonly Seed[] => [
  drawnSeed(),
  ...readdirSync(TRACES)
    .filter((file) => file.endsWith('.json.gz'))
    .toSorted()
    .flatMap(seedsOf),
];

interface Event {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly ts: number;
  readonly pid: number;
  readonly id?: string;
  readonly args: { readonly data?: { readonly interactionId?: number } };
}

/** Two of each fixture: who is who and what the user did, with the page's paints and requests; the same with its work. */
function seedsOf(file: string): readonly Seed[] {
  const { traceEvents }: { readonly traceEvents: readonly Event[] } = JSON.parse(
    gunzipSync(readFileSync(join(TRACES, file))).toString(),
  );
  const byName = Map.groupBy(
    traceEvents.filter(({ cat }) => !UNREAD.test(cat)),
    ({ name }) => name,
  );
  const few = [...byName.values()]
    .toSorted((a, b) => a.length - b.length)
    .flatMap((events) => events.slice(0, MOST_OF_A_NAME));
  const inOrder = (kept: ReadonlySet<Event>): readonly string[] =>
    traceEvents.filter((event) => kept.has(event)).map((event) => JSON.stringify(event));
  const basis = [...interactionsIn(traceEvents), ...few.filter(({ name }) => BASIS.test(name))];
  return [
    /^Responsiveness|SoftNavigation|^AnimationFrame|^Resource|^XHR|^CommitLoad|Paint::|^first/,
    /./,
  ].map((pattern) => {
    const others = few.filter((event) => !BASIS.test(event.name) && pattern.test(event.name));
    return { name: file, events: inOrder(fitting([...basis, ...others])) };
  });
}

/** Frames in the making and input on its way, which nobody reads here. */
const UNREAD = /benchmark|latencyInfo|^cc|^input/;

const BASIS =
  /^(TracingStartedInBrowser|FrameCommittedInBrowser|navigationStart|thread_name|EventTiming|RunTask)$/;

/** Begins and ends of the first few timed events that belong to an interaction: most belong to none. */
function interactionsIn(events: readonly Event[]): readonly Event[] {
  const timed = events.filter(({ name }) => name === 'EventTiming').toSorted((a, b) => a.ts - b.ts);
  return timed
    .filter(({ ph, args }) => ph === 'b' && (args.data?.interactionId ?? 0) !== 0)
    .slice(0, 2 * MOST_OF_A_NAME)
    .flatMap((begin) => {
      const isEnd = ({ ph, pid, id, ts }: Event): boolean =>
        ph === 'e' && pid === begin.pid && id === begin.id && ts >= begin.ts;
      return [begin, ...timed.filter(isEnd).slice(0, 1)];
    });
}

/** As many as there is room for, without any that would leave none for the rest. */
function fitting(events: readonly Event[]): ReadonlySet<Event> {
  const kept = new Set<Event>();
  let bytes = 0;
  for (const event of events) {
    const { length } = JSON.stringify(event);
    if (length > MOST_BYTES / 6 || bytes + length > MOST_BYTES) continue;
    if (!kept.has(event)) bytes += length;
    kept.add(event);
  }
  return kept;
}
