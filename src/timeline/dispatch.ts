import type { Row } from '../trace/row.ts';
import type { SpanOptions } from '../trace/scan-options.ts';
import { SpanBlock, type Spans } from '../trace/spans.ts';
import type { Handler, SpanHandler } from './handler.ts';

export type Watcher = Pick<Handler<unknown>, 'watches' | 'spans' | 'handle'>;

/** Who is called for one name. */
interface Watched {
  readonly name: string;
  readonly rows: readonly Watcher[];
  readonly takesSpans: boolean;
  /** Who wants a row even of a complete event that others take as a span. */
  readonly completeRows: readonly Watcher[];
}

interface Taker {
  readonly handler: SpanHandler;
  readonly places: Int16Array;
}

/** Hands each event on to the handlers that watch its name: as a span, a row, or both. */
export class Dispatch {
  readonly names: readonly string[];
  readonly spans: SpanOptions;
  readonly #watched: readonly Watched[];
  readonly #takers: readonly Taker[];
  /** Of complete events that came as rows. */
  readonly #block = new SpanBlock();

  constructor(handlers: readonly Watcher[]) {
    const names = new Set(handlers.flatMap(({ watches, spans }) => [...watches, ...(spans?.names ?? [])]));
    const watched = Array.from(names, (name) => watchedBy(handlers, name));
    // The scanner wants to know of the first so many that nobody needs their rows.
    const onlySpans = watched.filter(isSpan);
    this.#watched = [...onlySpans, ...watched.filter((one) => !isSpan(one))];
    this.names = this.#watched.map(({ name }) => name);
    this.#takers = handlers.flatMap(({ spans }) =>
      spans === undefined ? [] : { handler: spans, places: placesIn(spans.names, this.names) },
    );
    this.spans = { names: onlySpans.length, onSpans: this.#onSpans };
  }

  readonly onRow = (row: Row, index: number): void => {
    const watched = this.#watched[index];
    if (watched === undefined) return;
    const { name, rows, takesSpans, completeRows } = watched;
    if (!takesSpans || row.phase !== 'X') {
      for (const handler of rows) handler.handle(row, name);
      return;
    }
    this.#block.push(row, index);
    if (this.#block.isFull) this.end();
    for (const handler of completeRows) handler.handle(row, name);
  };

  readonly #onSpans = (spans: Spans): void => {
    this.end();
    this.#give(spans);
  };

  /** Hands on what is still held back. */
  end(): void {
    if (this.#block.count > 0) this.#give(this.#block);
    this.#block.clear();
  }

  #give(spans: Spans): void {
    for (const { handler, places } of this.#takers) handler.handle(spans, places);
  }
}

function watchedBy(handlers: readonly Watcher[], name: string): Watched {
  const rows = handlers.filter(({ watches }) => watches.includes(name));
  const takers = new Set(handlers.filter(({ spans }) => spans?.names.includes(name) === true));
  return {
    name,
    rows,
    takesSpans: takers.size > 0,
    completeRows: rows.filter((handler) => !takers.has(handler)),
  };
}

const isSpan = ({ takesSpans, completeRows }: Watched): boolean => takesSpans && completeRows.length === 0;

const placesIn = (own: readonly string[], names: readonly string[]): Int16Array =>
  Int16Array.from(names, (name) => own.indexOf(name));
