import type { Span } from './clock.ts';

export type Args = Readonly<Record<string, unknown>>;

/** What becomes one event, or a begin and an end. Made into these only when somebody asks: most of what is kept nobody ever reads. */
export interface Kept extends Span {
  readonly name: string;
  /** `async` begins and ends, while other things happen on its thread. */
  readonly phase: 'X' | 'I' | 'C' | 'async';
  /** The loop's, where absent. */
  readonly tid?: number | undefined;
  args(): Args;
  /** Of the end. */
  endArgs?(): Args;
}
