import type { Tracks } from '../../src/tracks/tracks.ts';

/** Where a span stands: in which thread's columns, and at which place. */
export interface SpanPlace {
  readonly thread: number;
  readonly span: number;
}

/** Spans whose label matches: thread by thread, in order of time. There may be a million, so each is two numbers. */
export interface FoundSpans {
  readonly length: number;
  /** By label: 1 where it matches. */
  readonly labels: Uint8Array;
  at(index: number): SpanPlace | undefined;
}

/** Spans whose name or script holds a text, in no case. */
export function findSpans({ threads, labels }: Tracks, text: string): FoundSpans {
  const wanted = text.trim().toLowerCase();
  const matches = Uint8Array.from(labels, ({ name, url }) =>
    Number(wanted !== '' && (name.toLowerCase().includes(wanted) || url.toLowerCase().includes(wanted))),
  );
  const length = matches.includes(1) ? spanCount(threads, matches) : 0;
  const threadOf = new Uint16Array(length);
  const spanOf = new Uint32Array(length);
  let count = 0;
  for (const [thread, { spans }] of length === 0 ? [] : threads.entries()) {
    for (let span = 0; span < spans.label.length; span++) {
      if (matches[spans.label[span] ?? 0] !== 1) continue;
      threadOf[count] = thread;
      spanOf[count++] = span;
    }
  }
  return {
    length,
    labels: matches,
    at(index) {
      const [thread, span] = [threadOf[index], spanOf[index]];
      return thread === undefined || span === undefined ? undefined : { thread, span };
    },
  };
}

function spanCount(threads: Tracks['threads'], matches: Uint8Array): number {
  let count = 0;
  for (const { spans } of threads) {
    for (let span = 0; span < spans.label.length; span++) count += matches[spans.label[span] ?? 0] ?? 0;
  }
  return count;
}
