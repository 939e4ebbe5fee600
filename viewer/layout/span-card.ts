import type { Tracks } from '../../src/tracks/tracks.ts';
import type { Card } from './cards.ts';
import { LONG_TASK_MS, wasWaiting } from './figure-rows.ts';
import type { SpanPlace } from './find-spans.ts';
import { ms, percent } from './format.ts';
import type { TimeSpan } from './time-span.ts';

export const CATEGORY_NAMES = {
  task: 'Task',
  scripting: 'Scripting',
  rendering: 'Rendering',
  painting: 'Painting',
  loading: 'Loading',
  garbage: 'Garbage collection',
  other: 'Other',
} as const;

export function spanCard({ threads, labels }: Tracks, { thread, span }: SpanPlace): Card {
  const columns = threads[thread]?.spans;
  const label = labels[columns?.label[span] ?? -1];
  const wallMs = columns?.durationMs[span] ?? 0;
  const cpuMs = columns?.cpuMs[span] ?? -1;
  const isTask = label?.category === 'task';
  const place = placeOf(label?.url ?? '', label?.line ?? 0);
  const card: Card = {
    title: label?.name ?? '',
    facts: [
      [
        'What',
        label?.isFunction === true ? 'Function, by samples' : CATEGORY_NAMES[label?.category ?? 'other'],
      ],
      ['Start', ms(columns?.startMs[span] ?? 0)],
      ['Wall', ms(wallMs)],
      ...(cpuMs < 0 ? [] : [['CPU', `${ms(cpuMs)} (${percent(Math.min(1, cpuMs / wallMs))})`] as const]),
      ...(isTask && wallMs > LONG_TASK_MS ? [['Over 50 ms', ms(wallMs - LONG_TASK_MS)] as const] : []),
      ...(place === '' ? [] : [['Source', place] as const]),
    ],
  };
  if (!isTask || !wasWaiting(wallMs, cpuMs)) return card;
  return { ...card, note: `Waiting, not working: ${ms(wallMs - cpuMs)} of it used no processor.` };
}

export const placeOf = (url: string, line: number): string =>
  url === '' || line === 0 ? url : `${url}:${String(line)}`;

export function spanTime({ threads }: Tracks, { thread, span }: SpanPlace): TimeSpan {
  const columns = threads[thread]?.spans;
  const startMs = columns?.startMs[span] ?? 0;
  return { startMs, endMs: startMs + (columns?.durationMs[span] ?? 0) };
}

/** The innermost span of a lesser depth before it, or undefined. */
export function callerOf({ threads }: Tracks, { thread, span }: SpanPlace): SpanPlace | undefined {
  const depth = threads[thread]?.spans.depth;
  const own = depth?.[span] ?? 0;
  if (own === 0) return undefined;
  for (let before = span - 1; before >= 0; before--) {
    if ((depth?.[before] ?? 0) === own - 1) return { thread, span: before };
  }
  return undefined;
}

/** The first span inside it, or undefined. */
export function firstInside({ threads }: Tracks, { thread, span }: SpanPlace): SpanPlace | undefined {
  const depth = threads[thread]?.spans.depth;
  return (depth?.[span + 1] ?? 0) > (depth?.[span] ?? 0) ? { thread, span: span + 1 } : undefined;
}

/** The next or the one before in the same row, or undefined. */
export function beside(
  { threads }: Tracks,
  { thread, span }: SpanPlace,
  step: 1 | -1,
): SpanPlace | undefined {
  const depth = threads[thread]?.spans.depth ?? NO_DEPTHS;
  const own = depth[span];
  for (let other = span + step; other >= 0 && other < depth.length; other += step) {
    if (depth[other] === own) return { thread, span: other };
  }
  return undefined;
}

const NO_DEPTHS = new Uint16Array();
