import type { TraceTime } from '../../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';
import type { MainFrame } from './main-frame.ts';

/** Which frames are the page's. A trace records the renderers of every tab, but names the frames of the traced one only. */
export interface FrameTree {
  /** False where the trace names no frames: then any frame may be the page's. */
  readonly isKnown: boolean;
  /** The page's main frame, and the main frames that were prerendered for it. */
  readonly roots: ReadonlySet<string>;
  /** The page's frames, roots included. */
  readonly frames: ReadonlySet<string>;
  /** Main frames of other pages, and the frames below them. */
  readonly strangers: ReadonlySet<string>;
  /** Every process that hosted one of the page's frames. */
  readonly pids: ReadonlySet<number>;
  /** What was in the page's main frame when tracing started. */
  readonly openedUrl: string | undefined;
}

/** What one event says of a frame. */
interface FrameClue {
  readonly frame: string;
  readonly parent: string | undefined;
  readonly pid: number | undefined;
  readonly isPrerendered: boolean;
  /** The root of a tree of its own inside the page: what a fenced frame shows. https://wicg.github.io/fenced-frame/ */
  readonly isFenced: boolean;
  readonly url: string;
  readonly ts: TraceTime;
  readonly from: 'start' | 'commit';
}

/**
 * Gathers the page's frames, the out-of-process ones too: the browser names their parents, which their own renderer
 * can't.
 */
export function frameTree(): Handler<FrameTree, [MainFrame | undefined]> {
  const clues: FrameClue[] = [];
  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    TracingStartedInBrowser: ({ ts }, args) => {
      for (const frame of listIn(args, 'data', 'frames')) clues.push(...clueOf(frame, ts, 'start'));
    },
    FrameCommittedInBrowser: ({ ts }, args) => {
      const data = at(args, 'data');
      const isOutermost = at(data, 'isOutermostMainFrame') === true;
      const isPrerendered = isOutermost && at(data, 'isInPrimaryMainFrame') === false;
      for (const clue of clueOf(data, ts, 'commit')) {
        // The browser writes of the traced tab's frames only, so that a root which is not the tab's own lies within it.
        clues.push({ ...clue, isPrerendered, isFenced: !isOutermost && clue.parent === undefined });
      }
    },
    CommitLoad: ({ ts, pid }, args) => {
      for (const clue of clueOf(at(args, 'data'), ts, 'commit')) clues.push({ ...clue, pid });
    },
  };
  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, row.args()),
    finish: (mainFrame) => treeOf(clues, mainFrame),
  };
}

function clueOf(data: unknown, ts: TraceTime, from: FrameClue['from']): readonly FrameClue[] {
  const frame = stringIn(data, 'frame');
  if (frame === undefined) return [];
  const parent = stringIn(data, 'parent');
  const url = stringIn(data, 'url') ?? '';
  return [
    { frame, parent, pid: numberIn(data, 'processId'), isPrerendered: false, isFenced: false, url, ts, from },
  ];
}

function treeOf(clues: readonly FrameClue[], mainFrame: MainFrame | undefined): FrameTree {
  const main = mainFrame?.frame;
  const prerendered = clues.filter(({ isPrerendered }) => isPrerendered).map(({ frame }) => frame);
  const roots = new Set(main === undefined ? [] : [main, ...prerendered]);
  const fenced = main === undefined ? [] : clues.filter(({ isFenced }) => isFenced);
  const frames = withChildren([...roots, ...fenced.map(({ frame }) => frame)], clues);
  const own = clues.filter(({ frame }) => frames.has(frame));
  const others = clues.filter(({ frame }) => !frames.has(frame));
  const opened = own.filter(({ frame, from }) => frame === main && from === 'start');
  return {
    isKnown: mainFrame?.how === 'tracing-started-in-browser',
    roots,
    frames,
    strangers: new Set(others.map(({ frame }) => frame)),
    pids: new Set([
      ...own.flatMap(({ pid }) => pid ?? []),
      ...(mainFrame?.threads.map(({ pid }) => pid) ?? []),
    ]),
    openedUrl: opened.toSorted((a, b) => a.ts - b.ts)[0]?.url,
  };
}

/** The roots and everything below them. Parents may be named after their children. */
function withChildren(roots: readonly string[], clues: readonly FrameClue[]): ReadonlySet<string> {
  const children = Map.groupBy(clues, ({ parent }) => parent);
  const found = new Set(roots);
  // A set that grows while it is iterated over yields what was added.
  for (const parent of found) for (const { frame } of children.get(parent) ?? []) found.add(frame);
  return found;
}

/**
 * Whether an event in a frame is the page's. A frame of which the trace says nothing, such as an empty iframe, counts
 * if one of the page's processes hosts it.
 */
export function isOfPage(
  { isKnown, frames, strangers, pids }: FrameTree,
  { frame, pid }: { readonly frame: string; readonly pid: number },
): boolean {
  if (!isKnown || frames.has(frame)) return true;
  return !strangers.has(frame) && pids.has(pid);
}
