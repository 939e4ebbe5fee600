import { lastWhere } from '../../base/last-where.ts';
import { listUnder } from '../../base/list-under.ts';
import { traceTime, type TraceTime } from '../../base/units.ts';
import { argPath } from '../../trace/arg-paths.ts';
import { at, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';
import { ThreadMap } from '../threads/thread-map.ts';
import { TimeOrigins } from '../page/time-origins.ts';
import type { Thread } from '../threads/thread.ts';
import { nodeKey } from './node-names.ts';

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
  /** In order of time. */
  readonly modifications: readonly Modification[];
  /** By `inputStart`: where in `paints` those stand. */
  readonly byInput: ReadonlyMap<TraceTime, readonly number[]>;
}

/** A change that an interaction's work made to the document, as Chrome attributes it. */
export interface Modification extends Thread {
  readonly ts: TraceTime;
  /** Of the interaction: see `ContentfulPaint`. */
  readonly inputStart: TraceTime;
}

/** What Chrome tells of one interaction's causal context within one process. */
interface Context {
  readonly inputStart: TraceTime;
  /** When it added or changed nodes, and which. */
  readonly modifications: (Modification & { readonly nodeId: number })[];
}

interface NodePaint {
  readonly ts: TraceTime;
  readonly tid: number;
  readonly context: Context;
}

interface Candidate {
  readonly ts: TraceTime;
  readonly pid: number;
  readonly frame: string;
  readonly nodeId: number;
  readonly isImage: boolean;
  /** When the image was there, in ms of its document's time. Undefined for text. */
  readonly loadEnd: number | undefined;
}

const PREFIX = 'SoftNavigationContext';
const CONTEXT_ID = argPath('context.softNavContextId');
const CONTEXT_ORIGIN = argPath('context.timeOrigin');
const NODE_ID = argPath('nodeId');

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
  const origins = new TimeOrigins();
  /** When each rendering of a frame began. */
  const renderings = new ThreadMap<TraceTime[]>(() => []);

  const contextOf = (row: Row): Context | undefined => {
    const id = row.argNumber(CONTEXT_ID);
    const inputStart = row.argNumber(CONTEXT_ORIGIN);
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
      contextOf(row);
    },
    [`${PREFIX}::AddedModifiedNodeInAnimationFrame`]: (row) => {
      const nodeId = row.argNumber(NODE_ID);
      const context = contextOf(row);
      if (context === undefined || nodeId === undefined) return;
      const { pid, tid, ts } = row;
      context.modifications.push({ pid, tid, ts, nodeId, inputStart: context.inputStart });
    },
    [`${PREFIX}::AttributablePaintInAnimationFrame`]: (row) => {
      const context = contextOf(row);
      const nodeId = row.argNumber(NODE_ID);
      if (context === undefined || nodeId === undefined) return;
      listUnder(nodePaints, nodeKey(row.pid, nodeId)).push({ ts: row.ts, tid: row.tid, context });
    },
    'largestContentfulPaint::CandidateForSoftNavigation': (row) => {
      const args = row.args();
      const data = at(args, 'data');
      const nodeId = numberIn(data, 'nodeId');
      if (nodeId === undefined) return;
      candidates.push({
        ts: row.ts,
        pid: row.pid,
        frame: stringIn(args, 'frame') ?? '',
        nodeId,
        isImage: stringIn(data, 'type') === 'image',
        loadEnd: numberIn(data, 'imageLoadEnd'),
      });
    },
    EventTiming: (row) => {
      if (row.phase === 'b') origins.note(row, row.args());
    },
    'AnimationFrame::Render': (row) => {
      if (row.phase === 'b') renderings.of(row.pid, row.tid).push(row.ts);
    },
  };

  const previousRendering = ({ ts, tid }: NodePaint, pid: number): number =>
    secondLastBefore(renderings.get(pid, tid) ?? [], ts);

  /** An image is painted when it has loaded, frames after its node was added. */
  const isNewImage = (candidate: Candidate, frameBegan: number, paint: NodePaint): boolean => {
    if (!candidate.isImage) return false;
    const { loadEnd, pid, nodeId } = candidate;
    const loaded = loadEnd === undefined ? undefined : origins.onTraceClock(loadEnd, candidate);
    if (loaded !== undefined) return loaded >= frameBegan - LOAD_PRECISION_US;
    return nodePaints.get(nodeKey(pid, nodeId))?.find(({ context }) => context === paint.context) === paint;
  };

  const paintOf = (candidate: Candidate): readonly ContentfulPaint[] => {
    const { ts, pid, nodeId, isImage } = candidate;
    // The candidate names a node, not a context: the node's last paint before it was presented names that.
    const painted = nodePaints.get(nodeKey(pid, nodeId)) ?? [];
    const paint = painted[lastWhere(painted.length, (index) => (painted[index]?.ts ?? Infinity) <= ts)];
    if (paint === undefined) return [];
    const { inputStart, modifications } = paint.context;
    const frameBegan = previousRendering(paint, pid);
    const before = modifications.filter((modified) => modified.ts <= paint.ts);
    const causing = isNewImage(candidate, frameBegan, paint)
      ? before.filter((modified) => modified.nodeId === nodeId)
      : before.filter((modified) => modified.ts > frameBegan);
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
        modifications: [...contexts.values()]
          .flatMap(({ modifications }) => modifications)
          .toSorted((a, b) => a.ts - b.ts || a.inputStart - b.inputStart),
        byInput: Map.groupBy(places, (place) => paints[place]?.inputStart ?? traceTime(0)),
      };
    },
  };
}

/** Chrome rounds a document's times to 0.1 ms, or to 1 ms. */
const LOAD_PRECISION_US = 1000;

/**
 * When the rendering before the one that painted at `ts` began: what was changed since then belongs to that paint's frame.
 * What changed while that earlier frame rendered counts too, since its own paint may have been over.
 */
function secondLastBefore(starts: readonly TraceTime[], ts: TraceTime): number {
  const last = lastWhere(starts.length, (index) => (starts[index] ?? Infinity) <= ts);
  return starts[last - 1] ?? Number.NEGATIVE_INFINITY;
}
