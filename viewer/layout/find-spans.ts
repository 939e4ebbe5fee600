import type { Tracks } from '../../src/tracks/tracks.ts';

/** Where a span stands: in which thread's columns, and at which place. */
export interface SpanPlace {
  readonly thread: number;
  readonly span: number;
}

/** Spans whose name or script holds a text, in no case: thread by thread, in order of time. */
export function findSpans({ threads, labels }: Tracks, text: string): readonly SpanPlace[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const matches = labels.map(
    ({ name, url }) => name.toLowerCase().includes(wanted) || url.toLowerCase().includes(wanted),
  );
  const places: SpanPlace[] = [];
  for (const [thread, { spans }] of threads.entries()) {
    for (let span = 0; span < spans.label.length; span++) {
      if (matches[spans.label[span] ?? -1] === true) places.push({ thread, span });
      if (places.length === MOST_FOUND) return places;
    }
  }
  return places;
}

/** Nobody steps through more. */
export const MOST_FOUND = 100_000;
