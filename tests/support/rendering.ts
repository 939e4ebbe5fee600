import { instant, PAGE, task, type TraceEvent } from './trace-events.ts';

/** An event of the page's main thread that JavaScript, style or layout runs in, in milliseconds. */
export const work = (
  name: string,
  startMs: number,
  durationMs: number,
  change: TraceEvent = {},
): TraceEvent => task(startMs, durationMs, { name, cat: 'devtools.timeline', ...change });

/** A stack as events carry it: of one frame, whose line counts from 1. */
export const stackOf = (url: string, functionName: string, lineNumber: number): TraceEvent => ({
  stackTrace: [{ url, functionName, lineNumber, columnNumber: 1, scriptId: '1' }],
});

/** A layout of the main frame; forced by the line of the stack, if one is given. */
export const layout = (
  startMs: number,
  durationMs: number,
  stack: TraceEvent = {},
  change: TraceEvent = {},
): TraceEvent =>
  work('Layout', startMs, durationMs, { args: { beginData: { frame: PAGE.frame, ...stack } }, ...change });

export const style = (startMs: number, durationMs: number, stack: TraceEvent = {}): TraceEvent =>
  layout(startMs, durationMs, stack, { name: 'UpdateLayoutTree' });

/** What makes style or layout of the main frame out of date. */
export const invalidation = (name: string, ms: number, stack: TraceEvent = {}): TraceEvent =>
  instant(name, ms, { args: { data: { frame: PAGE.frame, ...stack } } });

/** A function that the browser calls. Its line counts from 1. */
export const call = (
  startMs: number,
  durationMs: number,
  functionName: string,
  lineNumber: number,
  url = 'https://page.test/app.js',
): TraceEvent =>
  work('FunctionCall', startMs, durationMs, {
    args: { data: { functionName, lineNumber, columnNumber: 1, url, scriptId: '1' } },
  });

/** The begin and the end of an animation frame or of a part of one. Chrome gives all of them the same id. */
export const spanning = (
  name: string,
  startMs: number,
  endMs: number,
  args: TraceEvent = {},
  change: TraceEvent = {},
): readonly TraceEvent[] => [
  instant(name, startMs, { ph: 'b', id2: { local: '0x48' }, args, ...change }),
  instant(name, endMs, { ph: 'e', id2: { local: '0x48' }, args: {}, ...change }),
];

export const animationFrame = (
  startMs: number,
  endMs: number,
  args: TraceEvent = {},
  change: TraceEvent = {},
): readonly TraceEvent[] => spanning('AnimationFrame', startMs, endMs, args, change);

/** A function of a CPU profile, called by another one of its nodes. Its line counts from 0. */
export interface ProfiledNode {
  readonly id: number;
  readonly parent?: number;
  readonly functionName: string;
  readonly url?: string;
  readonly line?: number;
}

/** What every profile has: ids 1 to 4. */
export const META_NODES: readonly ProfiledNode[] = [
  { id: 1, functionName: '(root)' },
  { id: 2, parent: 1, functionName: '(program)' },
  { id: 3, parent: 1, functionName: '(idle)' },
  { id: 4, parent: 1, functionName: '(garbage collector)' },
];

/** A function of `app.js`. */
export const script = (id: number, parent: number, functionName: string, line: number): ProfiledNode => ({
  id,
  parent,
  functionName,
  line,
  url: 'https://page.test/app.js',
});

export const profile = (ms: number, change: TraceEvent = {}): TraceEvent =>
  instant('Profile', ms, { ph: 'P', id: '0x1', args: { data: { startTime: 5 } }, ...change });

/** Samples as the sampler's own thread writes them: node ids, and the ms since the sample before. */
export const profileChunk = (
  ms: number,
  nodes: readonly ProfiledNode[],
  samples: readonly (readonly [node: number, sinceMs: number])[],
  change: TraceEvent = {},
): TraceEvent =>
  instant('ProfileChunk', ms, {
    ph: 'P',
    id: '0x1',
    tid: 77,
    args: {
      data: {
        cpuProfile: { nodes: nodes.map(nodeOf), samples: samples.map(([node]) => node) },
        timeDeltas: samples.map(([, since]) => since * 1000),
      },
    },
    ...change,
  });

const nodeOf = ({ id, parent, functionName, url, line }: ProfiledNode): TraceEvent => ({
  id,
  ...(parent === undefined ? {} : { parent }),
  callFrame: {
    functionName,
    scriptId: url === undefined ? 0 : 1,
    ...(url === undefined ? {} : { url, lineNumber: line, columnNumber: 0 }),
  },
});
