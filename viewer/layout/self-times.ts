import { lastWhere } from '../../src/base/last-where.ts';
import type { SpanColumns } from '../../src/tracks/tracks.ts';
import { lengthOf, type TimeSpan } from './time-span.ts';

/** A label's time within a window, milliseconds. */
export interface LabelTime {
  readonly label: number;
  /** In it, and in nothing inside it. */
  selfMs: number;
  /** In it or in what is inside it; where it is inside itself, counted once. */
  totalMs: number;
}

/** A label under the labels around it. */
export interface TreeNode extends LabelTime {
  readonly depth: number;
  readonly children: Map<number, TreeNode>;
}

export interface WindowTimes {
  /** The largest self time first. */
  readonly bottomUp: readonly LabelTime[];
  /** The outermost, the largest total first. */
  readonly tree: readonly TreeNode[];
  /** How long the thread did anything at all. */
  readonly busyMs: number;
}

interface Open {
  readonly endMs: number;
  readonly node: TreeNode;
  /** Another one of the same label is around it. */
  readonly isInner: boolean;
}

/** What a thread's time went into between two moments: every span is cut to the window. */
export function windowTimes(spans: SpanColumns, window: TimeSpan): WindowTimes {
  const roots = new Map<number, TreeNode>();
  const byLabel = new Map<number, LabelTime>();
  const open: Open[] = [];
  let busyMs = 0;
  for (let span = firstAround(spans, window); span < spans.startMs.length; span++) {
    const start = spans.startMs[span] ?? 0;
    if (start >= window.endMs) break;
    const end = start + (spans.durationMs[span] ?? 0);
    const depth = spans.depth[span] ?? 0;
    open.length = Math.min(open.length, depth);
    const label = spans.label[span] ?? 0;
    const around = open.at(-1);
    const node = nodeUnder(
      around?.node.children ?? roots,
      label,
      around === undefined ? 0 : around.node.depth + 1,
    );
    const isInner = open.some(({ node: outer }) => outer.label === label);
    open[depth] = { endMs: end, node, isInner };
    const timeMs = Math.min(end, window.endMs) - Math.max(start, window.startMs);
    if (timeMs <= 0) continue;
    const own = timesOf(byLabel, label);
    node.selfMs += timeMs;
    node.totalMs += timeMs;
    own.selfMs += timeMs;
    if (!isInner) own.totalMs += timeMs;
    if (around === undefined) busyMs += timeMs;
    else {
      around.node.selfMs -= timeMs;
      timesOf(byLabel, around.node.label).selfMs -= timeMs;
    }
  }
  return {
    bottomUp: [...byLabel.values()].toSorted((a, b) => b.selfMs - a.selfMs || b.totalMs - a.totalMs),
    tree: inOrder(roots),
    busyMs: Math.min(busyMs, lengthOf(window)),
  };
}

export const inOrder = (nodes: ReadonlyMap<number, TreeNode>): readonly TreeNode[] =>
  [...nodes.values()].filter(({ totalMs }) => totalMs > 0).toSorted((a, b) => b.totalMs - a.totalMs);

/** The outermost span around the window's start, or the first after it. */
function firstAround({ startMs, durationMs, depth }: SpanColumns, window: TimeSpan): number {
  const from = lastWhere(startMs.length, (span) => (startMs[span] ?? 0) < window.startMs) + 1;
  for (let span = from - 1; span >= 0; span--) {
    if (depth[span] !== 0) continue;
    return (startMs[span] ?? 0) + (durationMs[span] ?? 0) > window.startMs ? span : from;
  }
  return from;
}

function nodeUnder(nodes: Map<number, TreeNode>, label: number, depth: number): TreeNode {
  const known = nodes.get(label);
  if (known !== undefined) return known;
  const fresh: TreeNode = { label, depth, selfMs: 0, totalMs: 0, children: new Map() };
  nodes.set(label, fresh);
  return fresh;
}

function timesOf(byLabel: Map<number, LabelTime>, label: number): LabelTime {
  const known = byLabel.get(label);
  if (known !== undefined) return known;
  const fresh: LabelTime = { label, selfMs: 0, totalMs: 0 };
  byLabel.set(label, fresh);
  return fresh;
}
