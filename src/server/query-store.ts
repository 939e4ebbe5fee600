import { framesIn } from './call-stack.ts';
import type { Span } from './clock.ts';
import type { Kept } from './kept.ts';
import { SharedTexts } from './shared-texts.ts';
import { Slots } from './slots.ts';
import type { SpanIds } from './span-ids.ts';

/** A query that has run. */
export interface RanQuery extends Span {
  /** Without the values in it. */
  readonly sql: string;
  /** The number of the request that asked, or 0. */
  readonly request: number;
  readonly onLoop: boolean;
  readonly tid: number;
  /** As V8 writes it. Empty for one so short that nobody asks. */
  readonly stack: string;
}

/** What is kept of queries, in columns as of requests, and for the same reason: a request may make a hundred. */
export class QueryStore {
  readonly #ids: SpanIds;
  readonly #slots: Slots;
  readonly #startUs: Float64Array;
  readonly #endUs: Float64Array;
  readonly #tids: Float64Array;
  readonly #requests: Uint32Array;
  readonly #onLoop: Uint8Array;
  readonly #sql: string[] = [];
  /** Few are long enough to have one. */
  readonly #stacks = new Map<number, string>();
  readonly #texts = new SharedTexts();

  constructor(ids: SpanIds, most: number) {
    this.#ids = ids;
    this.#slots = new Slots(most);
    this.#startUs = new Float64Array(most);
    this.#endUs = new Float64Array(most);
    this.#tids = new Float64Array(most);
    this.#requests = new Uint32Array(most);
    this.#onLoop = new Uint8Array(most);
  }

  get dropped(): number {
    return this.#slots.dropped;
  }

  add({ startUs, endUs, sql, request, onLoop, tid, stack }: RanQuery): void {
    const at = this.#slots.take();
    this.#startUs[at] = startUs;
    this.#endUs[at] = endUs;
    this.#tids[at] = tid;
    this.#requests[at] = request;
    this.#onLoop[at] = onLoop ? 1 : 0;
    // Shared already, by whoever took the values out of it.
    this.#sql[at] = sql;
    if (stack !== '') this.#stacks.set(at, this.#texts.share(stack));
    else if (this.#stacks.size > 0) this.#stacks.delete(at);
  }

  clear(): void {
    this.#slots.clear();
    this.#stacks.clear();
  }

  /** In the order in which they were told. */
  kept(): readonly Kept[] {
    return this.#slots.inUse().map((at) => ({
      name: 'inpact.query',
      phase: 'X',
      startUs: this.#startUs[at] ?? 0,
      endUs: this.#endUs[at] ?? 0,
      tid: this.#tids[at],
      args: () => ({
        request: this.#ids.spanIdOrNull(this.#requests[at] ?? 0),
        sql: this.#sql[at],
        onLoop: this.#onLoop[at] === 1,
        stack: framesIn(this.#stacks.get(at) ?? ''),
      }),
    }));
  }
}
