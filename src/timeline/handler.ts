import type { Row } from '../trace/row.ts';

/**
 * Keeps, of the events that it watches, what its facts need. Metadata may come last in a trace, so a handler decides at
 * `finish`, not at `handle`. What it needs from others it takes as arguments of `finish`.
 */
export interface Handler<Facts, Needs extends readonly unknown[] = []> {
  /** The only event names that it is called for. */
  readonly watches: readonly string[];
  handle(row: Row, name: string): void;
  finish(...needs: Needs): Facts;
}

/** Is called for every event of a trace, since it watches no names. */
export interface EveryRow<Facts> {
  handle(row: Row): void;
  finish(): Facts;
}
