import { isUnavailable, type Measure } from '../../src/base/measure.ts';
import type { StepResult } from '../../src/result/load.ts';
import type { Interaction, NetworkRequest, TraceResult } from '../../src/result/trace-result.ts';
import type { ForcedReflowMark, ServerMark, ServerTrack, Tracks } from '../../src/tracks/tracks.ts';
import { type Bar, type BarKind, type BarPart, barTrack, type BarTrack } from './bars.ts';
import { interactionCard, requestCard } from './cards.ts';
import { ms, reason } from './format.ts';
import { requestLabel } from './request-label.ts';
import { requestSpan } from './step-timeline.ts';

const known = (measure: Measure): number | undefined => (isUnavailable(measure) ? undefined : measure);

export function interactionTrack({ interactions }: TraceResult): BarTrack {
  return barTrack('interactions', 'Interactions', interactions.map(interactionBar), 'none was recorded');
}

function interactionBar(interaction: Interaction, index: number): Bar {
  const { startMs, inputDelayMs, processingDurationMs, durationMs, type, icpMs } = interaction;
  const from = startMs + inputDelayMs;
  const to = from + processingDurationMs;
  const wait = isUnavailable(icpMs) ? '' : ` · result after ${ms(icpMs)}`;
  return {
    id: `${String(interaction.interactionId)}-${String(index)}`,
    startMs: from,
    endMs: Math.max(to, startMs + durationMs),
    parts: [{ startMs: from, endMs: to, kind: 'interaction' }],
    whiskers: { startMs, endMs: startMs + durationMs },
    text: `${type} ${ms(durationMs)}${wait}`,
    card: interactionCard(interaction),
    interaction: index,
  };
}

export const networkTrack = ({ requests, spanMs }: TraceResult): BarTrack =>
  barTrack(
    'network',
    'Network',
    requests.map((request, index) => requestBar(request, index, spanMs)),
    'no request',
  );

function requestBar(request: NetworkRequest, index: number, spanMs: number): Bar {
  const span = requestSpan(request, 0, spanMs);
  const queuedMs = isUnavailable(request.phases) ? undefined : known(request.phases.queueingMs);
  const sentMs = Math.min(span.responseMs, span.startMs + (queuedMs ?? 0));
  const handledMs = span.handledMs ?? span.endMs;
  const parts: readonly BarPart[] = [
    { startMs: span.startMs, endMs: sentMs, kind: 'queued' },
    { startMs: sentMs, endMs: span.responseMs, kind: 'waited' },
    { startMs: span.responseMs, endMs: span.endMs, kind: 'downloaded' },
    { startMs: span.endMs, endMs: handledMs, kind: 'held-up' },
  ];
  return {
    id: String(index),
    startMs: span.startMs,
    endMs: Math.max(span.endMs, handledMs),
    parts: parts.filter((part) => part.endMs > part.startMs),
    text: `${requestLabel(request)}${request.isSynchronous ? ' · synchronous' : ''}`,
    card: requestCard(span),
  };
}

/** What the server's event loop did, on the page's clock. */
export function serverTracks(server: ServerTrack): readonly BarTrack[] {
  const { blocks, requests, queries, waits, spans } = server;
  return [
    barTrack(
      'server-loop',
      'Server’s event loop blocked',
      blocks.map((mark, index) => serverBar(mark, index, 'server-block')),
      'never',
    ),
    barTrack(
      'server-requests',
      'Server’s requests',
      requests.map((mark, index) => serverBar(mark, index, 'server-request')),
      'none',
    ),
    barTrack(
      'server-queries',
      'Server’s queries and waits',
      [
        ...queries.map((mark, index) => serverBar(mark, index, mark.onLoop ? 'query-on-loop' : 'query')),
        ...waits.map((mark, index) => serverBar(mark, queries.length + index, 'server-wait')),
        ...spans.map((mark, index) => serverBar(mark, queries.length + waits.length + index, 'query')),
      ],
      'none was recorded',
    ),
  ];
}

const SERVER_WORDS: Readonly<Partial<Record<BarKind, string>>> = {
  'server-block': 'Server’s event loop blocked',
  'server-request': 'Request, as the server saw it',
  'query-on-loop': 'Query on the event loop',
  query: 'Query or span, off the event loop',
  'server-wait': 'Wait for a thread',
};

function serverBar({ name, detail, startMs, durationMs }: ServerMark, index: number, kind: BarKind): Bar {
  const endMs = startMs + durationMs;
  return {
    id: String(index),
    startMs,
    endMs,
    parts: [{ startMs, endMs, kind }],
    text: name,
    card: {
      title: SERVER_WORDS[kind] ?? name,
      facts: [
        ['What', name],
        ...(detail === '' ? [] : [['By', detail] as const]),
        ['Start', ms(startMs)],
        ['For', ms(durationMs)],
      ],
      ...(kind === 'server-block' || kind === 'query-on-loop'
        ? { note: 'While it lasts the server answers nobody.' }
        : {}),
    },
  };
}

/** The scenario's steps, what the page's author marked, and the page's first paints. */
export function timingTrack(
  { paints }: TraceResult,
  { userTimings }: Tracks,
  steps: readonly StepResult[],
): BarTrack {
  const paintBars = [
    ['First contentful paint', paints.firstContentfulPaintMs] as const,
    ['Largest contentful paint', paints.largestContentfulPaintMs] as const,
  ].flatMap(([name, at]) => (isUnavailable(at) ? [] : [instant(`paint ${name}`, name, at, 'paint')]));
  return barTrack(
    'timings',
    'Steps and timings',
    [
      ...steps.map((step, index) => stretch(`step ${String(index)}`, `Step: ${step.step}`, step, 'step')),
      ...paintBars,
      ...userTimings.map(({ name, startMs, durationMs }, index) =>
        durationMs === 0
          ? instant(`timing ${String(index)}`, name, startMs, 'mark')
          : stretch(`timing ${String(index)}`, name, { startMs, endMs: startMs + durationMs }, 'measure'),
      ),
    ],
    'the page set none',
  );
}

const instant = (id: string, name: string, atMs: number, kind: BarKind): Bar => ({
  id,
  startMs: atMs,
  endMs: atMs,
  parts: [{ startMs: atMs, endMs: atMs, kind }],
  text: name,
  card: { title: name, facts: [['At', ms(atMs)]] },
});

const stretch = (
  id: string,
  name: string,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  kind: BarKind,
): Bar => ({
  id,
  startMs,
  endMs,
  parts: [{ startMs, endMs, kind }],
  text: name,
  card: {
    title: name,
    facts: [
      ['Start', ms(startMs)],
      ['For', ms(endMs - startMs)],
    ],
  },
});

/** https://www.w3.org/TR/long-animation-frames/ */
const LONG_FRAME_MS = 50;

export function frameTrack({ animationFrames }: Tracks): BarTrack {
  const bars = animationFrames.map(({ startMs, durationMs, presentedMs, renderStartMs }, index): Bar => {
    const endMs = startMs + durationMs;
    return {
      id: String(index),
      startMs,
      endMs,
      parts: [{ startMs, endMs, kind: durationMs >= LONG_FRAME_MS ? 'long-frame' : 'frame' }],
      ...(presentedMs === null ? {} : { whiskers: { startMs, endMs: Math.max(endMs, presentedMs) } }),
      text: ms(durationMs),
      card: {
        title: durationMs >= LONG_FRAME_MS ? 'Long animation frame' : 'Animation frame',
        facts: [
          ['Start', ms(startMs)],
          ['Work', ms(durationMs)],
          ['Rendering began', renderStartMs === null ? 'it rendered nothing' : ms(renderStartMs)],
          ['On the screen', presentedMs === null ? reason({ unavailable: 'not-recorded' }) : ms(presentedMs)],
        ],
      },
    };
  });
  return barTrack('frames', 'Frames', bars, 'no animation frame was recorded');
}

/** What made a main thread stand still, or do at once what could have waited. Undefined where there is neither. */
export function waitTrack(
  { requests }: TraceResult,
  { forcedReflows }: Tracks,
  { pid, tid }: { readonly pid: number; readonly tid: number },
): BarTrack | undefined {
  const isHere = (there: { readonly pid: number; readonly tid: number }): boolean =>
    there.pid === pid && there.tid === tid;
  const bars = [
    ...requests.filter((request) => request.isSynchronous && isHere(request)).map(syncWaitBar),
    ...forcedReflows.filter(isHere).map(reflowBar),
  ];
  return bars.length === 0
    ? undefined
    : barTrack(`waits-${String(pid)}-${String(tid)}`, 'Synchronous waits and forced reflows', bars);
}

function syncWaitBar(request: NetworkRequest, index: number): Bar {
  const span = requestSpan(request, 0, request.startMs);
  const endMs = Math.max(span.handledMs ?? span.endMs, span.endMs);
  return {
    ...stretch(
      `wait ${String(index)}`,
      `waits for ${requestLabel(request)}`,
      { startMs: span.startMs, endMs },
      'sync-wait',
    ),
    card: {
      title: 'The main thread stands still',
      facts: [
        ['For', requestLabel(request)],
        ['Start', ms(span.startMs)],
        ['Wait', ms(endMs - span.startMs)],
      ],
      note: 'A synchronous XMLHttpRequest: nothing else runs until the answer is there.',
    },
  };
}

const reflowBar = ({ kind, startMs, durationMs, by }: ForcedReflowMark, index: number): Bar => ({
  ...stretch(
    `reflow ${String(index)}`,
    `forced ${kind}`,
    { startMs, endMs: startMs + durationMs },
    'forced-reflow',
  ),
  card: {
    title: kind === 'layout' ? 'Forced reflow' : 'Forced style recalculation',
    facts: [
      ['Start', ms(startMs)],
      ['Took', ms(durationMs)],
      ['Asked for by', by === '' ? 'not recorded' : by],
    ],
  },
});
