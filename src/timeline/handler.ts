import type { Row } from '../trace/row.ts';
import type { Spans } from '../trace/spans.ts';

/**
 * Keeps, of the events that it watches, what its facts need. Metadata may come last in a trace, so a handler decides at
 * `finish`, not at `handle`. What it needs from others it takes as arguments of `finish`.
 */
export interface Handler<Facts, Needs extends readonly unknown[] = []> {
  /** The only event names that it is called for. */
  readonly watches: readonly string[];
  /** Complete events that come here and not to `handle`: many at once, without their arguments, in no certain order. */
  readonly spans?: SpanHandler;
  handle(row: Row, name: string): void;
  finish(...needs: Needs): Facts;
}

/** Is called for every event of a trace, since it watches no names. */
export interface EveryRow<Facts> {
  handle(row: Row): void;
  finish(): Facts;
}

export interface SpanHandler {
  readonly names: readonly string[];
  /** @param places By a span's name: where that stands in `names`, or -1. */
  handle(spans: Spans, places: Int16Array): void;
}
