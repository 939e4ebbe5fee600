import type { ServedRequest } from './served-request.ts';
import type { Args, Kept } from './trace-writer.ts';

/** So many of the newest, two events each. */
const MOST_REQUESTS = 25_000;
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
/** Addresses and routes that are asked for again and again are kept once. */
const MOST_SHARED_TEXTS = 1000;

/**
 * What is kept of the requests that were served. Objects that stay cost a garbage collector more than the whole rest of this
 * agent: here nothing stays but numbers in columns, and texts that most requests share.
 */
export class RequestStore {
  readonly #startUs = new Float64Array(MOST_REQUESTS);
  readonly #endUs = new Float64Array(MOST_REQUESTS);
  readonly #headersUs = new Float64Array(MOST_REQUESTS);
  readonly #status = new Uint16Array(MOST_REQUESTS);
  readonly #ids = Buffer.alloc(MOST_REQUESTS * SPAN_ID_BYTES);
  readonly #traceIds = Buffer.alloc(MOST_REQUESTS * TRACE_ID_BYTES);
  readonly #methods: string[] = [];
  readonly #paths: string[] = [];
  readonly #routes: string[] = [];
  /** Most have none. */
  readonly #parentIds = new Map<number, string>();
  readonly #shared = new Map<string, string>();
  #added = 0;
  #forgotten = 0;

  /** How many were let go, as there was no room for them. */
  get dropped(): number {
    return Math.max(0, this.#added - this.#forgotten - MOST_REQUESTS);
  }

  add(served: ServedRequest, { method, path, route, status, endUs }: Ended): void {
    const at = this.#added % MOST_REQUESTS;
    this.#added += 1;
    this.#startUs[at] = served.startUs;
    this.#endUs[at] = endUs;
    this.#headersUs[at] = served.headersUs ?? endUs;
    this.#status[at] = status;
    this.#ids.write(served.id, at * SPAN_ID_BYTES, 'hex');
    this.#traceIds.write(served.traceId, at * TRACE_ID_BYTES, 'hex');
    this.#methods[at] = this.#share(method);
    this.#paths[at] = this.#share(path);
    this.#routes[at] = this.#share(route);
    if (served.parentId !== null) this.#parentIds.set(at, served.parentId);
    else if (this.#parentIds.size > 0) this.#parentIds.delete(at);
  }

  clear(): void {
    this.#forgotten = this.#added;
    this.#parentIds.clear();
  }

  /** In the order in which they ended. */
  kept(): readonly Kept[] {
    const first = Math.max(this.#forgotten, this.#added - MOST_REQUESTS);
    return Array.from({ length: this.#added - first }, (_, index) =>
      this.#keptAt((first + index) % MOST_REQUESTS),
    );
  }

  #keptAt(at: number): Kept {
    const begin: Args = {
      id: hexAt(this.#ids, at, SPAN_ID_BYTES),
      traceId: hexAt(this.#traceIds, at, TRACE_ID_BYTES),
      parentId: this.#parentIds.get(at) ?? null,
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

  #share(text: string): string {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    if (this.#shared.size >= MOST_SHARED_TEXTS) this.#shared.clear();
    this.#shared.set(text, text);
    return text;
  }
}

/** What is known of a request once it has been served. */
export interface Ended {
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number;
  readonly endUs: number;
}

const hexAt = (bytes: Buffer, at: number, length: number): string =>
  bytes.toString('hex', at * length, (at + 1) * length);
