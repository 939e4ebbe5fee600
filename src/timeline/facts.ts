import { between, micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { stringIn } from '../trace/json.ts';
import { CorruptCompression, type Scan, Scanner } from '../trace/scanner.ts';
import { contentfulPaints, type ContentfulPaints } from './contentful-paints.ts';
import { eventTimings } from './event-timings.ts';
import type { Handler } from './handler.ts';
import { type Interaction, interactionsOf } from './interactions.ts';
import { mainFrame, type MainFrame } from './main-frame.ts';
import { type LoadingPaint, loadingPaints } from './paints.ts';
import { type Request, requests } from './requests.ts';
import { type LoopBlocked, serverLoop } from './server-loop.ts';
import { stepMarkers, type StepWindow } from './step-markers.ts';
import { type Tasks, tasks } from './tasks.ts';
import { threads } from './threads.ts';

/** Everything that one trace says, before anybody judges it. */
export interface Facts {
  readonly scan: Scan;
  /** The first event's time: 0 of a trace without any. */
  readonly start: TraceTime;
  readonly span: Micro;
  /** Chrome's name for the clock behind `ts`. */
  readonly clock: string | undefined;
  readonly mainFrame: MainFrame | undefined;
  readonly tasks: Tasks;
  readonly interactions: readonly Interaction[];
  readonly contentfulPaints: ContentfulPaints;
  readonly requests: readonly Request[];
  readonly loadingPaints: readonly LoadingPaint[];
  readonly steps: readonly StepWindow[];
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Reads a trace once and keeps only what the handlers keep.
 * @throws {NotATrace} If the bytes are no trace at all. A trace that ends early is none of that: see `scan.cut`.
 */
export async function gatherFacts(chunks: Chunks): Promise<Facts> {
  const handlers = {
    threads: threads(),
    tasks: tasks(),
    mainFrame: mainFrame(),
    eventTimings: eventTimings(),
    contentfulPaints: contentfulPaints(),
    requests: requests(),
    loadingPaints: loadingPaints(),
    steps: stepMarkers(),
  };
  const scan = await scanWith(Object.values(handlers), chunks);

  const threadFacts = handlers.threads.finish();
  const taskFacts = handlers.tasks.finish();
  const start = traceTime(Number.isNaN(scan.firstTs) ? 0 : scan.firstTs);
  return {
    scan,
    start,
    span: Number.isNaN(scan.lastTs) ? micro(0) : between(start, traceTime(scan.lastTs)),
    clock: stringIn(scan.metadata, 'clock-domain'),
    mainFrame: handlers.mainFrame.finish(threadFacts, taskFacts),
    tasks: taskFacts,
    interactions: interactionsOf(handlers.eventTimings.finish()),
    contentfulPaints: handlers.contentfulPaints.finish(),
    requests: handlers.requests.finish(),
    loadingPaints: handlers.loadingPaints.finish(),
    steps: handlers.steps.finish(),
  };
}

/** Reads the trace that a server kept of its own event loop. */
export async function gatherServerFacts(chunks: Chunks): Promise<readonly LoopBlocked[]> {
  const handler = serverLoop();
  await scanWith([handler], chunks);
  return handler.finish();
}

type Watcher = Pick<Handler<unknown>, 'watches' | 'handle'>;

async function scanWith(handlers: readonly Watcher[], chunks: Chunks): Promise<Scan> {
  const names = [...new Set(handlers.flatMap(({ watches }) => watches))];
  const watchers = names.map((name) => ({
    name,
    handlers: handlers.filter(({ watches }) => watches.includes(name)),
  }));
  const scanner = new Scanner(names, (row, index) => {
    const watched = watchers[index];
    if (watched === undefined) return;
    for (const handler of watched.handlers) handler.handle(row, watched.name);
  });
  try {
    for await (const chunk of chunks) scanner.push(chunk);
  } catch (error) {
    if (!(error instanceof CorruptCompression)) throw error;
    return scanner.end(true);
  }
  return scanner.end(false);
}
