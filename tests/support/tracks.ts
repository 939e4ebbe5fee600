import { analyzeForDrawing, type DrawnTrace, type TraceSource } from '../../src/analyze.ts';
import type { SourceMap } from '../../src/source-maps/source-maps.ts';
import type { SpanColumns, Tracks } from '../../src/tracks/tracks.ts';
import { objectTrace } from './trace-bytes.ts';
import type { TraceEvent } from './trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

/** The tracks of a trace of these events. */
export const tracksOf = async (...events: Events): Promise<Tracks> => (await drawn({ events })).tracks;

export const drawn = ({
  events,
  server = [],
  sourceMaps = [],
}: {
  readonly events: Events;
  readonly server?: Events;
  readonly sourceMaps?: readonly SourceMap[];
}): Promise<DrawnTrace> =>
  analyzeForDrawing({
    file: 'trace.json',
    bytes: [objectTrace(events.flat())],
    sourceMaps,
    ...(server.length === 0 ? {} : { bootId: BOOT_ID, server: serverSource(server) }),
  });

const BOOT_ID = 'one machine';

const serverSource = (events: Events): TraceSource => ({
  file: 'server.json',
  bytes: [
    objectTrace(events.flat(), {
      after: { metadata: { 'inpact-server': { agent: 'node', bootId: BOOT_ID } } },
    }),
  ],
});

/** The page's spans, one a line: indented by depth, `name start–end`. */
export function pageLines({ threads, labels }: Tracks): readonly string[] {
  const page = threads.find(({ role }) => role === 'page');
  return page === undefined ? [] : linesOf(page.spans, labels);
}

function linesOf(
  { startMs, durationMs, depth, label }: SpanColumns,
  labels: Tracks['labels'],
): readonly string[] {
  return Array.from(startMs, (start, index) => {
    const end = Math.round((start + (durationMs[index] ?? 0)) * 1000) / 1000;
    const name = labels[label[index] ?? -1]?.name ?? '?';
    return `${'  '.repeat(depth[index] ?? 0)}${name} ${String(start)}–${String(end)}`;
  });
}
