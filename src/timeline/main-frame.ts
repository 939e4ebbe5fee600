import type { TraceTime } from '../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../trace/json.ts';
import type { Row } from '../trace/row.ts';
import type { Handler } from './handler.ts';
import type { Tasks } from './tasks.ts';
import type { Thread, Threads } from './threads.ts';

/** The page under test: its main frame and the main threads that it ran on, one after the other. */
export interface MainFrame {
  /** Chrome's id of the frame. Undefined where only the threads could be guessed. */
  readonly frame: string | undefined;
  /** In order of commit. Never empty. */
  readonly threads: readonly [Thread, ...Thread[]];
  readonly how: MainFrameRule;
}

/** By which rule the main frame was recognised, most trusted first. */
export type MainFrameRule =
  | 'tracing-started-in-browser'
  | 'tracing-started-in-page'
  | 'navigation-start'
  | 'busiest-renderer-main-thread';

interface Candidate {
  readonly frame: string;
  readonly pid: number;
}

/** Where an event says that the page is, and when it says so. */
interface Clue extends Candidate {
  readonly ts: TraceTime;
}

interface Commit {
  readonly ts: TraceTime;
  readonly frame: string;
  readonly pid: number | undefined;
  /** Stands for a process that was still starting. `ProcessReadyInBrowser` gives its number. */
  readonly pseudoId: string | undefined;
}

/**
 * Finds the page's main threads: the main frame by the flags in `TracingStartedInBrowser`, then every process to which it
 * was committed. A renderer that is left behind, or that only hosts a third party's frame, is never taken.
 */
export function mainFrame(): Handler<MainFrame | undefined, [Threads, Tasks]> {
  let started: Clue | undefined;
  let startedInPage: Clue | undefined;
  let navigated: Clue | undefined;
  const commits: Commit[] = [];
  const ready = new Map<string, number>();

  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    TracingStartedInBrowser: ({ ts }, args) => {
      const primary = primaryFrame(listIn(args, 'data', 'frames'));
      if (primary !== undefined && ts >= (started?.ts ?? ts)) started = { ts, ...primary };
    },
    TracingStartedInPage: ({ ts, pid }, args) => {
      const page = stringIn(args, 'data', 'page');
      if (page !== undefined) startedInPage = earlier(startedInPage, { ts, frame: page, pid });
    },
    navigationStart: ({ ts, pid }, args) => {
      const frame = stringIn(args, 'frame');
      const isMain = at(args, 'data', 'isLoadingMainFrame') !== false;
      if (frame !== undefined && isMain) navigated = earlier(navigated, { ts, frame, pid });
    },
    FrameCommittedInBrowser: (row, args) => {
      const frame = stringIn(args, 'data', 'frame');
      if (frame === undefined) return;
      commits.push({
        ts: row.ts,
        frame,
        pid: numberIn(args, 'data', 'processId'),
        pseudoId: stringIn(args, 'data', 'processPseudoId'),
      });
    },
    ProcessReadyInBrowser: (_, args) => {
      const pseudoId = stringIn(args, 'data', 'processPseudoId');
      const pid = numberIn(args, 'data', 'processId');
      if (pseudoId !== undefined && pid !== undefined) ready.set(pseudoId, pid);
    },
  };

  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, row.args()),
    finish(allThreads, tasks) {
      const rules: readonly (readonly [MainFrameRule, Candidate | undefined])[] = [
        ['tracing-started-in-browser', started],
        ['tracing-started-in-page', startedInPage],
        ['navigation-start', navigated],
      ];
      for (const [how, candidate] of rules) {
        if (candidate === undefined) continue;
        const pids = committedTo(candidate, commits, ready);
        const [first, ...others] = pids.flatMap((pid) => allThreads.mainOf(pid) ?? []);
        if (first !== undefined) return { frame: candidate.frame, threads: [first, ...others], how };
      }
      const busiest = busiestOf(allThreads.rendererMains, tasks);
      return busiest && { frame: undefined, threads: [busiest], how: 'busiest-renderer-main-thread' };
    },
  };
}

const earlier = (known: Clue | undefined, clue: Clue): Clue =>
  known === undefined || clue.ts < known.ts ? clue : known;

const isOutermost = (frame: unknown): boolean => at(frame, 'isOutermostMainFrame') === true;

/** The frame with both flags, else the outermost, else one without a parent. The last match wins, as in DevTools. */
function primaryFrame(frames: readonly unknown[]): Candidate | undefined {
  const tests: readonly ((frame: unknown) => boolean)[] = [
    (frame) => isOutermost(frame) && at(frame, 'isInPrimaryMainFrame') === true,
    isOutermost,
    (frame) => at(frame, 'parent') === undefined && Boolean(stringIn(frame, 'url')),
    (frame) => at(frame, 'parent') === undefined,
  ];
  for (const test of tests) {
    const match = frames.findLast(test);
    const frame = stringIn(match, 'frame');
    const pid = numberIn(match, 'processId');
    if (frame !== undefined && pid !== undefined) return { frame, pid };
  }
  return undefined;
}

/** The processes that hosted the frame, in order of commit, or where it was at the start. */
function committedTo(
  { frame, pid }: Candidate,
  commits: readonly Commit[],
  ready: ReadonlyMap<string, number>,
): readonly number[] {
  const pids = commits
    .filter((commit) => commit.frame === frame)
    .toSorted((a, b) => a.ts - b.ts)
    .flatMap((commit) => commit.pid ?? ready.get(commit.pseudoId ?? '') ?? []);
  return pids.length === 0 ? [pid] : [...new Set(pids)];
}

function busiestOf(candidates: readonly Thread[], tasks: Tasks): Thread | undefined {
  const busy = candidates.map((thread) => ({ thread, total: tasks.totalOf(thread) }));
  return busy.toSorted((a, b) => b.total - a.total)[0]?.thread;
}
