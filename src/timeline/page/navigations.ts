import type { TraceTime } from '../../base/units.ts';
import { at, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { FrameTree } from './frame-tree.ts';
import type { Handler } from '../handler.ts';

/** A document that the page's main frame showed. */
export interface Navigation {
  readonly kind: NavigationKind;
  /** The page's main frame, or the one that was prerendered and took its place. */
  readonly frame: string;
  readonly url: string;
  /** What Chrome names the document by. Undefined where its start was not recorded, and before 2019. */
  readonly navigationId: string | undefined;
  /** What a load is timed from. Of a restored or activated document, when it was committed. */
  readonly start: TraceTime;
  /** When the document took the place of the one before: input from here on is its own. */
  readonly committed: TraceTime;
}

export type NavigationKind = 'load' | 'back-forward-cache' | 'prerender-activation';

interface Start {
  readonly frame: string;
  readonly ts: TraceTime;
  readonly url: string;
  /** Undefined in traces of before 2019. */
  readonly navigationId: string | undefined;
}

interface Commit {
  readonly frame: string;
  readonly ts: TraceTime;
  readonly url: string;
}

/** The documents that took the main frame's place one after the other, in order of their commits. */
export function navigations(): Handler<readonly Navigation[], [FrameTree]> {
  const starts: Start[] = [];
  const commits: Commit[] = [];
  const rendererCommits: Commit[] = [];
  const restored: TraceTime[] = [];

  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    navigationStart: ({ ts }, args) => {
      const frame = stringIn(args, 'frame');
      const url = stringIn(args, 'data', 'documentLoaderURL');
      // The empty document that every frame begins with has a start too, and no address.
      if (frame === undefined || url === '' || at(args, 'data', 'isLoadingMainFrame') === false) return;
      starts.push({ frame, ts, url: url ?? '', navigationId: stringIn(args, 'data', 'navigationId') });
    },
    FrameCommittedInBrowser: (row, args) => {
      keepCommit(commits, row, args);
    },
    CommitLoad: (row, args) => {
      keepCommit(rendererCommits, row, args);
    },
    'BackForwardCache::RestoreEntry': ({ ts }) => {
      restored.push(ts);
    },
  };
  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, row.args()),
    finish({ roots }) {
      const isMain = ({ frame }: { readonly frame: string }): boolean => roots.has(frame);
      const inBrowser = commits.filter(isMain);
      const all = inBrowser.length > 0 ? inBrowser : rendererCommits.filter(isMain);
      return navigationsOf(withoutDuplicates(starts.filter(isMain)), inOrder(all), restored, {
        // The first root is the page's own frame.
        pageFrame: [...roots][0],
      });
    },
  };
}

function keepCommit(commits: Commit[], { ts }: Row, args: unknown): void {
  const frame = stringIn(args, 'data', 'frame');
  const url = stringIn(args, 'data', 'url');
  if (frame !== undefined && url !== undefined && url !== '') commits.push({ frame, ts, url });
}

const inOrder = <Event extends { readonly ts: TraceTime }>(events: readonly Event[]): readonly Event[] =>
  events.toSorted((a, b) => a.ts - b.ts);

/** Chrome writes a navigation's start again whenever something later is timed from it. */
function withoutDuplicates(starts: readonly Start[]): readonly Start[] {
  const seen = new Set<string>();
  return inOrder(starts).filter(({ frame, ts, navigationId }) => {
    const key = navigationId ?? `${frame}|${String(ts)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function navigationsOf(
  starts: readonly Start[],
  commits: readonly Commit[],
  restored: readonly TraceTime[],
  { pageFrame }: { readonly pageFrame: string | undefined },
): readonly Navigation[] {
  const commitOf = matched(starts, commits);
  const loaded = new Set(commitOf.values());
  const activated = firstByFrame(commits.filter((commit) => !loaded.has(commit)));
  const loads = starts.flatMap((started): Navigation[] => {
    const { frame, navigationId, ts: start } = started;
    const commit = commitOf.get(started);
    // Nobody sees a document that is prerendered, until it is activated. From then on its frame is the page's.
    if (frame !== pageFrame && start < (activated.get(frame) ?? Infinity)) return [];
    // A redirect may have led elsewhere.
    const url = commit?.url ?? started.url;
    return [{ kind: 'load', frame, url, navigationId, start, committed: commit?.ts ?? start }];
  });
  const others = commits.flatMap((commit, index): Navigation[] => {
    if (loaded.has(commit)) return [];
    const before = commits[index - 1]?.ts ?? Number.NEGATIVE_INFINITY;
    const { ts, url, frame } = commit;
    const isRestored = restored.some((time) => time > before && time <= ts);
    const isActivated = frame !== pageFrame && activated.get(frame) === ts;
    const kind = kindOf(isRestored, isActivated);
    return [{ kind, frame, url, navigationId: undefined, start: ts, committed: ts }];
  });
  return [...loads, ...others].toSorted((a, b) => a.committed - b.committed);
}

function kindOf(isRestored: boolean, isActivated: boolean): NavigationKind {
  if (isRestored) return 'back-forward-cache';
  return isActivated ? 'prerender-activation' : 'load';
}

const firstByFrame = (commits: readonly Commit[]): ReadonlyMap<string, TraceTime> =>
  new Map(commits.toReversed().map(({ frame, ts }) => [frame, ts]));

/** The commit of each start: the first before the frame's next start, and to its address if there is one. */
function matched(starts: readonly Start[], commits: readonly Commit[]): ReadonlyMap<Start, Commit> {
  const found = new Map<Start, Commit>();
  const byFrame = Map.groupBy(commits, ({ frame }) => frame);
  for (const [frame, own] of Map.groupBy(starts, (start) => start.frame)) {
    const waiting = byFrame.get(frame) ?? [];
    let position = 0;
    for (const [index, start] of own.entries()) {
      const next = own[index + 1]?.ts ?? Infinity;
      const between: Commit[] = [];
      for (; (waiting[position]?.ts ?? Infinity) < next; position++)
        between.push(...waiting.slice(position, position + 1));
      const since = between.filter(({ ts }) => ts >= start.ts);
      const commit = since.find(({ url }) => url === start.url) ?? since[0];
      if (commit !== undefined) found.set(start, commit);
    }
  }
  return found;
}

/** The document that was there at a time. Undefined: the one that was open when tracing started. */
export const navigationAt = (visited: readonly Navigation[], time: TraceTime): Navigation | undefined =>
  visited.findLast(({ committed }) => committed <= time);
