import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Fields, Tracer } from 'chrome-trace-event';
import { nowUs } from './clock.ts';
import type { Kept } from './kept.ts';
import { QueryStore } from './query-store.ts';
import { RequestStore } from './request-store.ts';
import { SpanIds } from './span-ids.ts';

/** The oldest go once there are more, beside requests: a server must not fill its memory. Queries may be all of them. */
const MOST_EVENTS = 50_000;
const CATEGORY = ['inpact.server'] as const;

/** The server's trace, as docs/server-trace.md says. */
export interface ServerTraceFile {
  readonly traceEvents: readonly unknown[];
  readonly metadata: {
    readonly 'clock-domain': string;
    readonly 'inpact-server': {
      readonly version: 1;
      readonly agent: 'node';
      /** Two programs with one boot id share a clock. */
      readonly bootId: string | null;
      readonly droppedEvents: number;
      readonly monotonicUs: number;
      readonly unixUs: number;
    };
  };
}

/** Keeps the newest events of one server. */
export class TraceWriter {
  readonly ids: SpanIds = new SpanIds();
  readonly requests: RequestStore = new RequestStore(this.ids);
  readonly queries: QueryStore = new QueryStore(this.ids, MOST_EVENTS);
  readonly #threadNames = new Map<number, string>();
  #kept: Kept[] = [];
  #dropped = 0;
  /** Keeps two agents of one process apart. */
  readonly #idPrefix = `0x${randomBytes(3).toString('hex')}`;

  /** @param loopThread What to call the thread of the event loop. */
  constructor(loopThread: string) {
    this.nameThread(process.pid, loopThread);
  }

  nameThread(tid: number, name: string): void {
    this.#threadNames.set(tid, name);
  }

  keep(kept: Kept): void {
    // An eighth at a time: dropping one would move all the others, each time.
    if (this.#kept.length >= MOST_EVENTS) {
      const tooMany = MOST_EVENTS / 8;
      this.#dropped += eventsIn(this.#kept.slice(0, tooMany));
      this.#kept = this.#kept.slice(tooMany);
    }
    this.#kept.push(kept);
  }

  clear(): void {
    this.#kept = [];
    this.#dropped = 0;
    this.requests.clear();
    this.queries.clear();
  }

  toFile(): ServerTraceFile {
    const written = new EventMaker(this.#idPrefix);
    const names = [
      written.named('process_name', process.pid, 'server'),
      ...Array.from(this.#threadNames, ([tid, label]) => written.named('thread_name', tid, label)),
    ];
    const others = [...this.#kept, ...this.queries.kept()]
      .toSorted((a, b) => a.endUs - b.endUs)
      .flatMap((kept) => written.eventsOf(kept));
    const requests = this.requests.kept().flatMap((kept) => written.eventsOf(kept));
    return {
      traceEvents: [...names, ...requests, ...others.slice(-MOST_EVENTS)],
      metadata: {
        'clock-domain': process.platform === 'linux' ? 'LINUX_CLOCK_MONOTONIC' : 'UNKNOWN',
        'inpact-server': {
          version: 1,
          agent: 'node',
          bootId: bootId(),
          droppedEvents:
            this.#dropped +
            this.queries.dropped +
            Math.max(0, others.length - MOST_EVENTS) +
            2 * this.requests.dropped,
          monotonicUs: nowUs(),
          unixUs: Date.now() * 1000,
        },
      },
    };
  }
}

const eventsIn = (kept: readonly Kept[]): number =>
  kept.reduce((count, { phase }) => count + (phase === 'async' ? 2 : 1), 0);

class EventMaker {
  readonly #tracer = new Tracer({ objectMode: true });
  readonly #idPrefix: string;
  #ids = 0;

  constructor(idPrefix: string) {
    this.#idPrefix = idPrefix;
  }

  /** Metadata is of no time, which Chrome writes as 0. */
  named(name: string, tid: number, label: string): unknown {
    return this.#made('M', { name, ts: 0, tid, args: { name: label } });
  }

  eventsOf(kept: Kept): readonly unknown[] {
    const { name, phase, startUs: ts, endUs, tid = process.pid } = kept;
    const common = { name, ts, tid, args: kept.args() };
    if (phase === 'X') return [this.#made('X', { ...common, dur: endUs - ts })];
    if (phase !== 'async') return [this.#made(phase, common)];
    this.#ids += 1;
    const id = `${this.#idPrefix}${this.#ids.toString(16).padStart(8, '0')}`;
    const end = { name, ts: endUs, tid, id, args: kept.endArgs?.() ?? {} };
    return [this.#made('b', { ...common, id }), this.#made('e', end)];
  }

  /** The tracer fills in `pid`, and is read back at once: its stream would hold any number of events. */
  #made(phase: string, fields: Fields): unknown {
    this.#tracer.mkEventFunc(phase)({ cat: CATEGORY, ...fields });
    return this.#tracer.read();
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Only Linux has it.
    return null;
  }
}
