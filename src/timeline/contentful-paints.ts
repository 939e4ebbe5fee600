import { lastWhere } from '../base/last-where.ts';
import { traceTime, type TraceTime } from '../base/units.ts';
import { at, numberIn, stringIn } from '../trace/json.ts';
import type { Row } from '../trace/row.ts';
import type { Handler } from './handler.ts';
import { ThreadMap } from './thread-map.ts';

/** A paint of content that one interaction's work added or changed, as Chrome attributes it. */
export interface ContentfulPaint {
  readonly pid: number;
  /** When the interaction's event was created: equals the start of one of its timed events to the microsecond. */
  readonly inputStart: TraceTime;
  /** When the content was presented. */
  readonly presented: TraceTime;
  /** When the interaction's work last changed the document before that paint. */
  readonly modified: TraceTime;
  readonly isImage: boolean;
}

export interface ContentfulPaints {
  /** False where Chrome was too old, or the category `loading` was not recorded. */
  readonly recorded: boolean;
  /** In order of time. Late repaints that Chrome attributes wrongly are left out. */
  readonly paints: readonly ContentfulPaint[];
  /** By `inputStart`: where in `paints` those stand. */
  readonly byInput: ReadonlyMap<TraceTime, readonly number[]>;
}

/** What Chrome tells of one interaction's causal context within one process. */
interface Context {
  readonly inputStart: TraceTime;
  /** When it added or changed nodes, and which. */
  readonly modifications: { readonly ts: TraceTime; readonly nodeId: number }[];
}

interface NodePaint {
  readonly ts: TraceTime;
  readonly tid: number;
  readonly context: Context;
}

interface Candidate {
  readonly ts: TraceTime;
  readonly pid: number;
  readonly nodeId: number;
  readonly isImage: boolean;
}

const PREFIX = 'SoftNavigationContext';

/**
 * Finds the paints that show an interaction's result: Blink's task attribution carries the interaction's context through
 * promises, timers and fetch to the nodes that it touches.
 * https://developer.chrome.com/docs/web-platform/soft-navigations-experiment
 */
export function contentfulPaints(): Handler<ContentfulPaints> {
  const contexts = new Map<string, Context>();
  /** By process and node. */
  const nodePaints = new Map<string, NodePaint[]>();
  const candidates: Candidate[] = [];
  /** When each rendering of a frame began. */
  const renderings = new ThreadMap<TraceTime[]>(() => []);

  const contextOf = (row: Row, args: unknown): Context | undefined => {
    const id = numberIn(args, 'context', 'softNavContextId');
    const inputStart = numberIn(args, 'context', 'timeOrigin');
    if (id === undefined || inputStart === undefined) return undefined;
    const key = `${String(row.pid)}|${String(id)}`;
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const fresh: Context = { inputStart: traceTime(inputStart), modifications: [] };
    contexts.set(key, fresh);
    return fresh;
  };

  const see: Readonly<Record<string, (row: Row) => void>> = {
    [`${PREFIX}Created`]: (row) => {
      contextOf(row, row.args());
    },
    [`${PREFIX}::AddedModifiedNodeInAnimationFrame`]: (row) => {
      const args = row.args();
      const nodeId = numberIn(args, 'nodeId');
      if (nodeId !== undefined) contextOf(row, args)?.modifications.push({ ts: row.ts, nodeId });
    },
    [`${PREFIX}::AttributablePaintInAnimationFrame`]: (row) => {
      const args = row.args();
      const context = contextOf(row, args);
      const nodeId = numberIn(args, 'nodeId');
      if (context === undefined || nodeId === undefined) return;
      const key = nodeKey(row.pid, nodeId);
      const paints = nodePaints.get(key) ?? [];
      nodePaints.set(key, paints);
      paints.push({ ts: row.ts, tid: row.tid, context });
    },
    'largestContentfulPaint::CandidateForSoftNavigation': (row) => {
      const data = at(row.args(), 'data');
      const nodeId = numberIn(data, 'nodeId');
      const isImage = stringIn(data, 'type') === 'image';
      if (nodeId !== undefined) candidates.push({ ts: row.ts, pid: row.pid, nodeId, isImage });
    },
    'AnimationFrame::Render': (row) => {
      if (row.phase === 'b') renderings.of(row.pid, row.tid).push(row.ts);
    },
  };

  const previousRendering = ({ ts, tid }: NodePaint, pid: number): number =>
    secondLastBefore(renderings.get(pid, tid) ?? [], ts);

  const paintOf = ({ ts, pid, nodeId, isImage }: Candidate): readonly ContentfulPaint[] => {
    // The candidate names a node, not a context: the node's last paint before it was presented names that.
    const paint = nodePaints.get(nodeKey(pid, nodeId))?.findLast((painted) => painted.ts <= ts);
    if (paint === undefined) return [];
    const { inputStart, modifications } = paint.context;
    const frameBegan = previousRendering(paint, pid);
    const causing = modifications.filter((modified) =>
      // An image is painted when it has loaded, frames after its node was added.
      isImage
        ? modified.nodeId === nodeId && modified.ts <= ts
        : modified.ts > frameBegan && modified.ts <= paint.ts,
    );
    if (causing.length === 0) return [];
    const modified = traceTime(causing.reduce((last, change) => Math.max(last, change.ts), 0));
    return [{ pid, inputStart, presented: ts, modified, isImage }];
  };

  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row),
    finish() {
      // A trace's events come in no particular order.
      for (const painted of nodePaints.values()) painted.sort((a, b) => a.ts - b.ts);
      for (const starts of renderings.values()) starts.sort((a, b) => a - b);
      const paints = candidates.flatMap(paintOf).toSorted((a, b) => a.presented - b.presented);
      const places = Array.from(paints.keys());
      return {
        recorded: contexts.size > 0,
        paints,
        byInput: Map.groupBy(places, (place) => paints[place]?.inputStart ?? traceTime(0)),
      };
    },
  };
}

const nodeKey = (pid: number, nodeId: number): string => `${String(pid)}|${String(nodeId)}`;

/**
 * When the rendering before the one that painted at `ts` began: what was changed since then belongs to that paint's frame.
 * What changed while that earlier frame rendered counts too, since its own paint may have been over.
 */
function secondLastBefore(starts: readonly TraceTime[], ts: TraceTime): number {
  const last = lastWhere(starts.length, (index) => (starts[index] ?? Infinity) <= ts);
  return starts[last - 1] ?? Number.NEGATIVE_INFINITY;
}
