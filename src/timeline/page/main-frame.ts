import type { TraceTime } from '../../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Thread } from '../threads/thread.ts';
import { type Candidate, type Commit, hostsOf, type ProcessClue, type ThreadSpan } from './frame-hosts.ts';
import type { Handler } from '../handler.ts';
import type { Tasks } from '../threads/tasks.ts';
import type { Threads } from '../threads/threads.ts';

/** The page under test: its main frame and the main threads that it ran on, one after the other. */
export interface MainFrame {
  /** Chrome's id of the frame. Undefined where only the threads could be guessed. */
  readonly frame: string | undefined;
  /** In order of commit. Never empty. */
  readonly threads: readonly [Thread, ...Thread[]];
  /** When each thread was the page's, in order of time. A thread that the page came back to has several. */
  readonly spans: readonly ThreadSpan[];
  readonly how: MainFrameRule;
}

/** By which rule the main frame was recognised, most trusted first. */
export type MainFrameRule =
  | 'tracing-started-in-browser'
  | 'tracing-started-in-page'
  | 'navigation-start'
  | 'busiest-renderer-main-thread';

/** Where an event says that the page is, and when it says so. */
interface Clue extends Candidate {
  readonly ts: TraceTime;
}

/**
 * Finds the page's main threads: the main frame by the flags in `TracingStartedInBrowser`, then every process to which it
 * was committed. A renderer that is left behind, or that only hosts a third party's frame, is never taken.
 */
export function mainFrame(): Handler<MainFrame | undefined, [Threads, Tasks]> {
  let started: Clue | undefined;
  let startedInPage: Clue | undefined;
  const navigated: Clue[] = [];
  let firstRequest: (Thread & { readonly ts: TraceTime }) | undefined;
  const commits: Commit[] = [];
  const ready = new Map<string, number>();

  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    TracingStartedInBrowser: ({ ts }, args) => {
      const primary = primaryFrame(listIn(args, 'data', 'frames'));
      if (primary !== undefined && ts >= (started?.ts ?? ts)) started = { ts, ...primary };
    },
    TracingStartedInPage: (row, args) => {
      // Chrome of before 2016 wrote the page beside the data.
      const page = stringIn(args, 'data', 'page') ?? stringIn(args, 'page');
      if (page === undefined) return;
      startedInPage = earlier(startedInPage, clueIn(row, page, isOpen(listIn(args, 'data', 'frames'), page)));
    },
    navigationStart: (row, args) => {
      const frame = stringIn(args, 'frame');
      const isMain = at(args, 'data', 'isLoadingMainFrame') !== false;
      // The empty document that every frame begins with has no address.
      const url = stringIn(args, 'data', 'documentLoaderURL');
      if (frame !== undefined && isMain && url !== '') navigated.push(clueIn(row, frame, showsPage(url)));
    },
    FrameCommittedInBrowser: (row, args) => {
      const frame = stringIn(args, 'data', 'frame');
      if (frame === undefined) return;
      const data = at(args, 'data');
      commits.push({ ts: row.ts, frame, stage: stageOf(data), ...processIn(data) });
    },
    ProcessReadyInBrowser: (_, args) => {
      const pseudoId = stringIn(args, 'data', 'processPseudoId');
      const pid = numberIn(args, 'data', 'processId');
      if (pseudoId !== undefined && pid !== undefined) ready.set(pseudoId, pid);
    },
  };

  return {
    watches: [...Object.keys(see), 'ResourceSendRequest'],
    handle(row, name) {
      const { ts, pid, tid } = row;
      if (name !== 'ResourceSendRequest') see[name]?.(row, row.args());
      else if (ts < (firstRequest?.ts ?? Infinity)) firstRequest = { ts, pid, tid };
    },
    finish(allThreads, tasks) {
      const rules: readonly (readonly [MainFrameRule, Candidate | undefined])[] = [
        ['tracing-started-in-browser', started],
        ['tracing-started-in-page', startedInPage],
        ['navigation-start', requesting(navigated, firstRequest)],
      ];
      for (const [how, candidate] of rules) {
        if (candidate === undefined) continue;
        const { threads, spans } = hostsOf(candidate, { commits, ready, threads: allThreads });
        const [first, ...others] = threads;
        if (first !== undefined) return { frame: candidate.frame, threads: [first, ...others], spans, how };
      }
      const busiest = busiestOf(allThreads.rendererMains, tasks);
      return (
        busiest && {
          frame: undefined,
          threads: [busiest],
          spans: [{ ...busiest, from: undefined, to: undefined }],
          how: 'busiest-renderer-main-thread',
        }
      );
    },
  };
}

const clueIn = ({ ts, pid, tid }: Row, frame: string, isFrameOpen: boolean): Clue => ({
  ts,
  frame,
  isOpen: isFrameOpen,
  pid,
  tid,
  pseudoId: undefined,
});

/** A frame may stand there several times: beside the empty page the one that was left to record its reload. */
function isOpen(frames: readonly unknown[], wanted: string): boolean {
  const own = frames.filter((frame) => stringIn(frame, 'frame') === wanted);
  return own.length > 0 && own.every((frame) => showsPage(urlOf(frame)));
}

const showsPage = (url: string | undefined): boolean =>
  url !== undefined && url !== '' && url !== 'about:blank';

const urlOf = (frame: unknown): string | undefined => stringIn(frame, 'url');

const processIn = (data: unknown): ProcessClue => ({
  pid: numberIn(data, 'processId'),
  pseudoId: stringIn(data, 'processPseudoId'),
});

function stageOf(data: unknown): Commit['stage'] {
  const isPrimary = at(data, 'isInPrimaryMainFrame');
  if (isPrimary === true) return 'primary';
  return isPrimary === false && at(data, 'isOutermostMainFrame') === true ? 'prerendered' : undefined;
}

/** The first navigation in the renderer that sent the first request, as in Lighthouse: another one may be left behind. */
function requesting(navigated: readonly Clue[], request: Thread | undefined): Clue | undefined {
  const inOrder = navigated.toSorted((a, b) => a.ts - b.ts);
  const first = request && inOrder.find(({ pid, tid }) => pid === request.pid && tid === request.tid);
  return first ?? inOrder[0];
}

const earlier = (known: Clue | undefined, clue: Clue): Clue =>
  known === undefined || clue.ts < known.ts ? clue : known;

const isOutermost = (frame: unknown): boolean => at(frame, 'isOutermostMainFrame') === true;

/** The frame with both flags, else the outermost, else one without a parent. The last match wins, as in DevTools. */
function primaryFrame(frames: readonly unknown[]): Candidate | undefined {
  const tests: readonly ((frame: unknown) => boolean)[] = [
    (frame) => isOutermost(frame) && at(frame, 'isInPrimaryMainFrame') === true,
    isOutermost,
    (frame) => at(frame, 'parent') === undefined && Boolean(urlOf(frame)),
    (frame) => at(frame, 'parent') === undefined,
  ];
  for (const test of tests) {
    const match = frames.findLast(test);
    const frame = stringIn(match, 'frame');
    const process = processIn(match);
    const isKnown = process.pid !== undefined || process.pseudoId !== undefined;
    if (frame !== undefined && isKnown)
      return { frame, isOpen: isOpen(frames, frame), tid: undefined, ...process };
  }
  return undefined;
}

function busiestOf(candidates: readonly Thread[], tasks: Tasks): Thread | undefined {
  const busy = candidates.map((thread) => ({ thread, total: tasks.totalOf(thread) }));
  return busy.toSorted((a, b) => b.total - a.total)[0]?.thread;
}
