import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Fields, Tracer } from 'chrome-trace-event';
import { nowUs, type Span } from './clock.ts';

/** The oldest events go once there are more: a server must not fill its memory. */
const MOST_EVENTS = 100_000;
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

type Args = Readonly<Record<string, unknown>>;

/** Keeps the newest events of one server. */
export class TraceWriter {
  readonly #tracer = new Tracer({ objectMode: true });
  readonly #threadNames = new Map<number, string>();
  #events: unknown[] = [];
  #dropped = 0;
  /** Keeps two agents of one process apart. */
  readonly #idPrefix = `0x${randomBytes(3).toString('hex')}`;
  #ids = 0;

  /** @param loopThread What to call the thread of the event loop. */
  constructor(loopThread: string) {
    this.nameThread(process.pid, loopThread);
  }

  nameThread(tid: number, name: string): void {
    this.#threadNames.set(tid, name);
  }

  /** Something that a thread did, and nothing beside it. */
  complete(name: string, { startUs, endUs }: Span, args: Args, tid: number = process.pid): void {
    this.#add('X', { name, ts: startUs, dur: endUs - startUs, tid, args });
  }

  /** Something beside which other things happen on its thread. */
  asynchronous(name: string, { startUs, endUs }: Span, [begin, end]: readonly [Args, Args]): void {
    this.#ids += 1;
    const id = `${this.#idPrefix}${this.#ids.toString(16).padStart(8, '0')}`;
    this.#add('b', { name, id, ts: startUs, args: begin });
    this.#add('e', { name, id, ts: endUs, args: end });
  }

  instant(name: string, args: Args): void {
    this.#add('I', { name, ts: nowUs(), args });
  }

  counter(name: string, args: Args): void {
    this.#add('C', { name, ts: nowUs(), args });
  }

  clear(): void {
    this.#events = [];
    this.#dropped = 0;
  }

  toFile(): ServerTraceFile {
    // Metadata is of no time, which Chrome writes as 0.
    const named = (name: string, tid: number, label: string): unknown =>
      this.#made('M', { name, ts: 0, tid, args: { name: label } });
    const names = [
      named('process_name', process.pid, 'server'),
      ...Array.from(this.#threadNames, ([tid, label]) => named('thread_name', tid, label)),
    ];
    return {
      traceEvents: [...names, ...this.#events],
      metadata: {
        'clock-domain': process.platform === 'linux' ? 'LINUX_CLOCK_MONOTONIC' : 'UNKNOWN',
        'inpact-server': {
          version: 1,
          agent: 'node',
          bootId: bootId(),
          droppedEvents: this.#dropped,
          monotonicUs: nowUs(),
          unixUs: Date.now() * 1000,
        },
      },
    };
  }

  #add(phase: string, fields: Fields): void {
    // An eighth at a time: dropping one would move all the others, each time.
    if (this.#events.length >= MOST_EVENTS) {
      const tooMany = MOST_EVENTS / 8;
      this.#events = this.#events.slice(tooMany);
      this.#dropped += tooMany;
    }
    this.#events.push(this.#made(phase, fields));
  }

  /** The tracer fills in `pid` and `tid`, and is read back at once: its stream would hold any number of events. */
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
