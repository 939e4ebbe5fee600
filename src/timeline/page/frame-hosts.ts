import type { TraceTime } from '../../base/units.ts';
import { sameThread, type Thread } from '../threads/thread.ts';
import { type Threads } from '../threads/threads.ts';

/** Which process an event means. */
export interface ProcessClue {
  readonly pid: number | undefined;
  /** Stands for a process that was still starting. `ProcessReadyInBrowser` gives its number. */
  readonly pseudoId: string | undefined;
}

/** A frame, and where it was first. */
export interface Candidate extends ProcessClue {
  readonly frame: string;
  /** Whether it showed a page there before any commit, and not the empty one with which a recording of a load begins. */
  readonly isOpen: boolean;
  /** The thread that wrote of it, where that is the page's own. */
  readonly tid: number | undefined;
}

export interface Commit extends ProcessClue {
  readonly ts: TraceTime;
  readonly frame: string;
  /** Whether it made the frame what the tab shows, or only a page that waits to be shown. Old Chrome does not say. */
  readonly stage: 'primary' | 'prerendered' | undefined;
}

/** A time for which a thread was the frame's. */
export interface ThreadSpan extends Thread {
  /** Undefined: since before the trace began. */
  readonly from: TraceTime | undefined;
  /** Undefined: until the trace ended. */
  readonly to: TraceTime | undefined;
}

export interface Hosts {
  /** In order of when the frame was first in each. */
  readonly threads: readonly Thread[];
  readonly spans: readonly ThreadSpan[];
}

interface Known {
  readonly commits: readonly Commit[];
  /** Processes by pseudo id. */
  readonly ready: ReadonlyMap<string, number>;
  readonly threads: Threads;
}

/** The main threads of the processes that hosted a frame, one after the other. */
export function hostsOf(candidate: Candidate, { commits, ready, threads }: Known): Hosts {
  const pidOf = ({ pid, pseudoId }: ProcessClue): number | undefined => pid ?? ready.get(pseudoId ?? '');
  const inOrder = commits.toSorted((a, b) => a.ts - b.ts);
  const committed = inOrder
    .filter((commit) => commit.frame === candidate.frame || isActivation(commit, inOrder))
    .flatMap((commit) => hostOf(commit.ts, pidOf(commit)));
  // Where the frame was at the start counts if it showed something, stayed or came back: else nothing of the page ran there.
  const first = hostOf(undefined, pidOf(candidate)).filter(
    ({ pid }) => candidate.isOpen || committed.length === 0 || committed.some((commit) => commit.pid === pid),
  );
  const threadOf = (pid: number): readonly Thread[] => {
    // Trimmed traces lack the threads' names: then the thread that wrote of the page is its main one.
    const own =
      pid === candidate.pid && candidate.tid !== undefined ? { pid, tid: candidate.tid } : undefined;
    const thread = threads.mains.get(pid) ?? own;
    return thread === undefined ? [] : [thread];
  };
  return {
    threads: distinct([...first, ...committed].flatMap(({ pid }) => threadOf(pid))),
    spans: spansOf([...first, ...committed]).flatMap(({ pid, from, to }) =>
      threadOf(pid).map((thread) => ({ ...thread, from, to })),
    ),
  };
}

/** Whether the commit puts a prerendered page, which is a frame of its own, in the main frame's place. */
const isActivation = ({ frame, stage, ts }: Commit, commits: readonly Commit[]): boolean =>
  stage === 'primary' &&
  commits.some((before) => before.frame === frame && before.stage === 'prerendered' && before.ts <= ts);

interface Host {
  /** Undefined: where it was at the start. */
  readonly ts: TraceTime | undefined;
  readonly pid: number;
}

const hostOf = (ts: TraceTime | undefined, pid: number | undefined): readonly Host[] =>
  pid === undefined ? [] : [{ ts, pid }];

/** Each process until the next took over. A commit to the process where the frame already is changes nothing. */
function spansOf(hosts: readonly Host[]): readonly Omit<ThreadSpan, 'tid'>[] {
  const moves = hosts.filter(({ pid }, index) => pid !== hosts[index - 1]?.pid);
  return moves.map(({ ts, pid }, index) => ({ pid, from: ts, to: moves[index + 1]?.ts }));
}

const distinct = (threads: readonly Thread[]): readonly Thread[] =>
  threads.filter((thread, index) => index === threads.findIndex((other) => sameThread(other, thread)));
