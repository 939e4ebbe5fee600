import type { Category } from '../../src/tracks/category.ts';
import type { Label, SpanColumns, Tracks } from '../../src/tracks/tracks.ts';

/** A span as a test draws it: start and duration in milliseconds, how deep it lies, and which label it has. */
export type DrawnSpan = readonly [
  startMs: number,
  durationMs: number,
  depth?: number,
  label?: number,
  cpuMs?: number,
];

export const columns = (...spans: readonly DrawnSpan[]): SpanColumns => ({
  startMs: Float64Array.from(spans, ([startMs]) => startMs),
  durationMs: Float64Array.from(spans, ([, durationMs]) => durationMs),
  depth: Uint16Array.from(spans, ([, , depth = 0]) => depth),
  label: Uint32Array.from(spans, ([, , , label = 0]) => label),
  cpuMs: Float64Array.from(spans, ([, , , , cpuMs = -1]) => cpuMs),
});

export const label = (name: string, category: Category = 'other', url = ''): Label => ({
  name,
  category,
  url,
  line: 0,
  isFunction: false,
});

/** Tracks whose one thread is the page's. */
export const pageTracks = (spans: SpanColumns, labels: readonly Label[]): Tracks => ({
  spanMs: 1000,
  labels,
  threads: [{ pid: 1, tid: 1, name: 'CrRendererMain', processName: 'Renderer', role: 'page', spans }],
  userTimings: [],
  animationFrames: [],
  forcedReflows: [],
  server: null,
  leftOut: null,
});
