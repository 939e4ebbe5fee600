import { lastWhere } from '../base/last-where.ts';
import { micro, type Micro, type TraceTime } from '../base/units.ts';
import { type EventName, nameNumber } from '../timeline/threads/event-names.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Thread } from '../timeline/threads/thread.ts';
import { oncePerThread } from './once-per-thread.ts';
import type { EventsOfThread } from '../timeline/threads/thread-events.ts';

/** `composite`: what the main thread does for it. The compositor's own threads do the rest. */
const RENDERING_KINDS = ['style', 'layout', 'prePaint', 'paint', 'composite'] as const;
export type RenderingKind = (typeof RENDERING_KINDS)[number];

/** A stretch in which a thread was at one kind of it, and at no other inside. */
export interface RenderingSlice {
  readonly kind: RenderingKind;
  readonly start: number;
  readonly end: number;
}

const KINDS: ReadonlyMap<number, RenderingKind> = new Map(
  (
    [
      ['UpdateLayoutTree', 'style'],
      ['Layout', 'layout'],
      ['PrePaint', 'prePaint'],
      ['Paint', 'paint'],
      ['Layerize', 'composite'],
      ['Commit', 'composite'],
    ] satisfies readonly (readonly [EventName, RenderingKind])[]
  ).map(([name, kind]) => [nameNumber(name), kind]),
);

/** By name number. */
export const isRendering = (name: number): boolean => KINDS.has(name);

export type SlicesOf = (thread: Thread) => readonly RenderingSlice[];

/** Of each thread, when it is first asked for. */
export const renderingByThread = ({ threadEvents }: Pick<Facts, 'threadEvents'>): SlicesOf =>
  oncePerThread((thread) => renderingSlices(threadEvents.get(thread)));

/** In order of time and without overlap: style inside layout is style, and the rest of it layout. */
function renderingSlices(events: EventsOfThread | undefined): readonly RenderingSlice[] {
  if (events === undefined) return [];
  const { names, starts, ends } = events;
  const slices: RenderingSlice[] = [];
  const open: { readonly kind: RenderingKind; readonly end: number }[] = [];
  let at = Number.NEGATIVE_INFINITY;
  const closeUntil = (time: number): void => {
    for (let top = open.at(-1); top !== undefined && top.end <= time; top = open.at(-1)) {
      if (top.end > at) slices.push({ kind: top.kind, start: at, end: top.end });
      at = Math.max(at, top.end);
      open.pop();
    }
  };
  for (let index = 0; index < names.length; index++) {
    const kind = KINDS.get(names[index] ?? -1);
    if (kind === undefined) continue;
    const start = starts[index] ?? 0;
    closeUntil(start);
    const around = open.at(-1);
    if (around !== undefined && start > at) slices.push({ kind: around.kind, start: at, end: start });
    at = Math.max(at, start);
    open.push({ kind, end: ends[index] ?? start });
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return slices;
}

/** How long the thread was at each kind between two moments. */
export function renderingWithin(
  slices: readonly RenderingSlice[],
  start: TraceTime,
  end: TraceTime,
): Readonly<Record<RenderingKind, Micro>> {
  const times = { style: 0, layout: 0, prePaint: 0, paint: 0, composite: 0 };
  const first = lastWhere(slices.length, (index) => (slices[index]?.start ?? Infinity) <= start);
  for (let index = Math.max(0, first); index < slices.length; index++) {
    const slice = slices[index];
    if (slice === undefined || slice.start >= end) break;
    times[slice.kind] += Math.max(0, Math.min(slice.end, end) - Math.max(slice.start, start));
  }
  return {
    style: micro(times.style),
    layout: micro(times.layout),
    prePaint: micro(times.prePaint),
    paint: micro(times.paint),
    composite: micro(times.composite),
  };
}

/** How long it was at any kind between two moments. In most stretches at none: those are asked for by the million. */
export function workWithin(slices: readonly RenderingSlice[], start: TraceTime, end: TraceTime): Micro {
  const last = slices[lastWhere(slices.length, (index) => (slices[index]?.start ?? Infinity) < end)];
  return last === undefined || last.end <= start ? micro(0) : sumOfWork(renderingWithin(slices, start, end));
}

const sumOfWork = (work: Readonly<Record<RenderingKind, Micro>>): Micro =>
  micro(RENDERING_KINDS.reduce((sum, kind) => sum + work[kind], 0));
