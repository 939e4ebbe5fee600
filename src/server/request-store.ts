import type { Args, Kept } from './kept.ts';
import type { Ended, ServedRequest, TraceParent } from './served-request.ts';
import { SharedTexts } from './shared-texts.ts';
import { Slots } from './slots.ts';
import type { SpanIds } from './span-ids.ts';

/** So many of the newest, two events each. */
const MOST_REQUESTS = 25_000;

/**
 * What is kept of the requests that were served. Objects that stay cost a garbage collector more than the whole rest of this
 * agent: here nothing stays but numbers in columns, and texts that most requests share.
 */
export class RequestStore {
  readonly #ids: SpanIds;
  readonly #slots = new Slots(MOST_REQUESTS);
  readonly #startUs = new Float64Array(MOST_REQUESTS);
  readonly #endUs = new Float64Array(MOST_REQUESTS);
  readonly #headersUs = new Float64Array(MOST_REQUESTS);
  readonly #status = new Uint16Array(MOST_REQUESTS);
  readonly #numbers = new Uint32Array(MOST_REQUESTS);
  readonly #methods: string[] = [];
  readonly #paths: string[] = [];
  readonly #routes: string[] = [];
  /** Most have none. */
  readonly #parents = new Map<number, TraceParent>();
  readonly #texts = new SharedTexts();

  constructor(ids: SpanIds) {
    this.#ids = ids;
  }

  /** How many were let go, as there was no room for them. */
  get dropped(): number {
    return this.#slots.dropped;
  }

  add(served: ServedRequest, { method, path, route, status, endUs }: Ended): void {
    const at = this.#slots.take();
    this.#startUs[at] = served.startUs;
    this.#endUs[at] = endUs;
    this.#headersUs[at] = served.headersUs ?? endUs;
    this.#status[at] = status;
    this.#numbers[at] = served.number;
    // Node has one text for each method.
    this.#methods[at] = method;
    this.#paths[at] = this.#texts.share(path);
    this.#routes[at] = route === path ? this.#paths[at] : this.#texts.share(route);
    if (served.parent !== undefined) this.#parents.set(at, served.parent);
    else if (this.#parents.size > 0) this.#parents.delete(at);
  }

  clear(): void {
    this.#slots.clear();
    this.#parents.clear();
  }

  /** In the order in which they ended. */
  kept(): readonly Kept[] {
    return this.#slots.inUse().map((at) => this.#keptAt(at));
  }

  #keptAt(at: number): Kept {
    const number = this.#numbers[at] ?? 0;
    const parent = this.#parents.get(at);
    const begin: Args = {
      id: this.#ids.spanId(number),
      traceId: parent?.traceId ?? this.#ids.traceId(number),
      parentId: parent?.parentId ?? null,
      method: this.#methods[at],
      route: this.#routes[at],
      path: this.#paths[at],
    };
    const end: Args = { status: this.#status[at], headersUs: this.#headersUs[at] };
    return {
      name: 'inpact.request',
      phase: 'async',
      startUs: this.#startUs[at] ?? 0,
      endUs: this.#endUs[at] ?? 0,
      args: () => begin,
      endArgs: () => end,
    };
  }
}
