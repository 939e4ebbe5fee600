import type { Bar } from './bars.ts';
import type { Card } from './cards.ts';
import type { SpanPlace } from './find-spans.ts';
import type { TimeSpan } from './time-span.ts';

/** What the reader has picked on the timeline. */
export type Selection =
  | { readonly kind: 'interaction'; readonly index: number }
  | ({ readonly kind: 'span' } & SpanPlace)
  | { readonly kind: 'bar'; readonly bar: Bar }
  | { readonly kind: 'range'; readonly range: TimeSpan };

/** What is picked with a bar: of one that is an interaction that, with all that is known of it. */
export const selectionOf = (bar: Bar): Selection =>
  bar.interaction === undefined ? { kind: 'bar', bar } : { kind: 'interaction', index: bar.interaction };

/** What lies under the pointer. */
export interface Hit {
  readonly card: Card;
  readonly selection: Selection;
  readonly span: TimeSpan;
}
