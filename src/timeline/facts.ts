import { between, micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { stringIn } from '../trace/json.ts';
import type { Scan } from '../trace/scan.ts';
import { CorruptCompression } from '../base/corrupt-compression.ts';
import { Scanner } from '../trace/scanner.ts';
import { type AnimationFrame, animationFrames } from './rendering/animation-frames.ts';
import { callbackRuns } from './callbacks/callback-runs.ts';
import type { CallbackRuns } from './callbacks/callback-table.ts';
import { contentfulPaints, type ContentfulPaints } from './rendering/contentful-paints.ts';
import { type CpuProfiles, cpuProfiles } from './cpu/cpu-profile.ts';
import { Dispatch, type Watcher } from './dispatch.ts';
import { type DoneMark, doneMarks } from './marks/done-marks.ts';
import { eventTimings, type UnfinishedEvent } from './input/event-timings.ts';
import { type EverySpan, everySpan } from './threads/every-span.ts';
import { type ForcedReflow, forcedReflows } from './rendering/forced-reflow.ts';
import { type FetchRun, fetchRuns } from './callbacks/fetch-runs.ts';
import type { EveryRow } from './handler.ts';
import { type LayoutShift, layoutShifts } from './rendering/layout-shifts.ts';
import { type ThreadEvents, threadEvents } from './threads/thread-events.ts';
import { frameTree, type FrameTree, isOfPage } from './page/frame-tree.ts';
import { type Interaction, interactionsOf } from './input/interactions.ts';
import { mainFrame, type MainFrame } from './page/main-frame.ts';
import { type Navigation, navigations } from './page/navigations.ts';
import { type NodeNames, nodeNames } from './rendering/node-names.ts';
import { type LoadingPaint, loadingPaints } from './rendering/paints.ts';
import { type Precision, precisionOf } from './input/precision.ts';
import { type Request, requests } from './network/requests.ts';
import { type ScriptMap, scriptMaps } from './script-maps.ts';
import { scriptPauses } from './callbacks/script-pauses.ts';
import { type ServerOrigin, serverOrigin } from './server/server-origin.ts';
import { type ServerTrace, serverTrace } from './server/server-trace.ts';
import { type SoftNavigationContext, softNavigationContexts } from './input/soft-navigation-contexts.ts';
import { stepMarkers, type StepWindow } from './marks/step-markers.ts';
import { type Tasks, tasks } from './threads/tasks.ts';
import type { Moment } from './threads/thread.ts';
import { type MainThreads, threads } from './threads/threads.ts';
import { type UserInteraction, userInteractions } from './input/user-interactions.ts';
import { type WebSocketConnection, webSockets } from './network/web-sockets.ts';
import { type XhrEvent, xhrEvents } from './callbacks/xhr-events.ts';

/** Everything that one trace says, before anybody judges it. */
export interface Facts {
  readonly scan: Scan;
  /** The first event's time: 0 of a trace without any. */
  readonly start: TraceTime;
  readonly span: Micro;
  /** Chrome's name for the clock behind `ts`. */
  readonly clock: string | undefined;
  readonly mainThreads: MainThreads;
  readonly mainFrame: MainFrame | undefined;
  readonly tasks: Tasks;
  readonly frameTree: FrameTree;
  readonly navigations: readonly Navigation[];
  /** Of the page: what happens in other tabs is left out. */
  readonly interactions: readonly Interaction[];
  readonly unfinishedEvents: readonly UnfinishedEvent[];
  readonly precision: Precision;
  readonly userInteractions: readonly UserInteraction[];
  readonly nodeNames: NodeNames;
  readonly contentfulPaints: ContentfulPaints;
  /** Of the page, as the WebSockets and the layout shifts are. */
  readonly requests: readonly Request[];
  /** How many other pages sent. */
  readonly strangersRequests: number;
  readonly xhrEvents: readonly XhrEvent[];
  readonly scriptPauses: readonly Moment[];
  readonly webSockets: readonly WebSocketConnection[];
  readonly callbackRuns: CallbackRuns;
  /** Code that waited for the answers of requests. */
  readonly fetchRuns: readonly FetchRun[];
  /** Empty unless asked for. */
  readonly scriptMaps: readonly ScriptMap[];
  readonly loadingPaints: readonly LoadingPaint[];
  readonly steps: readonly StepWindow[];
  /** What JavaScript, style, layout and paint did when, by thread. */
  readonly threadEvents: ThreadEvents;
  readonly cpuProfiles: CpuProfiles;
  readonly animationFrames: readonly AnimationFrame[];
  readonly forcedReflows: readonly ForcedReflow[];
  readonly layoutShifts: readonly LayoutShift[];
  readonly softNavigationContexts: readonly SoftNavigationContext[];
  /** What the page's author marked as the end of what was done. */
  readonly doneMarks: readonly DoneMark[];
  /** Undefined unless asked for. */
  readonly everySpan: EverySpan | undefined;
}

/** What happens in a frame. */
type Owned = Parameters<typeof isOfPage>[1];

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface GatherOptions {
  /** The scenario's, whose ends the page may have marked. */
  readonly steps?: readonly string[];
  /** Whether to keep the source maps that the trace holds: costs a parse of all scripts. */
  readonly withScriptMaps?: boolean;
  /** Whether to keep what every thread did, known events or not: what a drawing of the trace needs, and nothing else. */
  readonly withEverySpan?: boolean;
}

/**
 * Reads a trace once and keeps only what the handlers keep.
 * @throws {NotATrace} If the bytes are no trace at all. A trace that ends early is none of that: see `scan.cut`.
 */
export async function gatherFacts(
  chunks: Chunks,
  { withScriptMaps = false, withEverySpan = false, steps = [] }: GatherOptions = {},
): Promise<Facts> {
  const handlers = {
    threads: threads(),
    tasks: tasks(),
    mainFrame: mainFrame(),
    frameTree: frameTree(),
    navigations: navigations(),
    eventTimings: eventTimings(),
    userInteractions: userInteractions(),
    nodeNames: nodeNames(),
    contentfulPaints: contentfulPaints(),
    requests: requests(),
    xhrEvents: xhrEvents(),
    scriptPauses: scriptPauses(),
    webSockets: webSockets(),
    callbackRuns: callbackRuns(),
    loadingPaints: loadingPaints(),
    steps: stepMarkers(),
    threadEvents: threadEvents(),
    cpuProfiles: cpuProfiles(),
    animationFrames: animationFrames(),
    forcedReflows: forcedReflows(),
    layoutShifts: layoutShifts(),
    softNavigationContexts: softNavigationContexts(),
    doneMarks: doneMarks(steps),
  };
  const scripts = scriptMaps();
  const watching = withScriptMaps ? [...Object.values(handlers), scripts] : Object.values(handlers);
  const spans = withEverySpan ? everySpan() : undefined;
  const scan = await scanWith(watching, chunks, spans);

  const threadFacts = handlers.threads.finish();
  const taskFacts = handlers.tasks.finish();
  const eventFacts = handlers.threadEvents.finish();
  const pageFrame = handlers.mainFrame.finish(threadFacts, taskFacts);
  const tree = handlers.frameTree.finish(pageFrame);
  const ofPage = <Event extends Owned>(events: readonly Event[]): readonly Event[] =>
    events.filter((event) => isOfPage(tree, event));
  const all = handlers.requests.finish();
  const sent = ofPage(all);
  const xhrs = handlers.xhrEvents.finish();
  const answers = fetchRuns(sent, taskFacts, eventFacts);
  const { timings, unfinished } = handlers.eventTimings.finish();
  const start = traceTime(Number.isNaN(scan.firstTs) ? 0 : scan.firstTs);
  return {
    scan,
    start,
    span: Number.isNaN(scan.lastTs) ? micro(0) : between(start, traceTime(scan.lastTs)),
    clock: stringIn(scan.metadata, 'clock-domain'),
    mainThreads: threadFacts.mains,
    mainFrame: pageFrame,
    tasks: taskFacts,
    frameTree: tree,
    navigations: handlers.navigations.finish(tree),
    interactions: interactionsOf(ofPage(timings)),
    unfinishedEvents: ofPage(unfinished),
    precision: precisionOf(timings),
    userInteractions: handlers.userInteractions.finish(),
    nodeNames: handlers.nodeNames.finish(),
    contentfulPaints: handlers.contentfulPaints.finish(),
    requests: sent,
    strangersRequests: all.length - sent.length,
    xhrEvents: xhrs,
    scriptPauses: handlers.scriptPauses.finish(),
    webSockets: ofPage(handlers.webSockets.finish()),
    callbackRuns: handlers.callbackRuns.finish(sent, xhrs, answers),
    fetchRuns: answers,
    scriptMaps: withScriptMaps ? scripts.finish(scan.metadata) : [],
    loadingPaints: handlers.loadingPaints.finish(),
    steps: handlers.steps.finish(),
    threadEvents: eventFacts,
    cpuProfiles: handlers.cpuProfiles.finish(),
    animationFrames: handlers.animationFrames.finish(),
    forcedReflows: handlers.forcedReflows.finish(eventFacts),
    layoutShifts: ofPage(handlers.layoutShifts.finish()),
    softNavigationContexts: handlers.softNavigationContexts.finish(),
    doneMarks: handlers.doneMarks.finish(),
    everySpan: spans?.finish(),
  };
}

/** What a server's trace says, on the server's own clock. */
export interface ServerFacts {
  readonly scan: Scan;
  readonly trace: ServerTrace;
  readonly origin: ServerOrigin;
}

/** Reads the trace that a server kept of itself. */
export async function gatherServerFacts(chunks: Chunks): Promise<ServerFacts> {
  const handler = serverTrace();
  const scan = await scanWith([handler], chunks);
  return { scan, trace: handler.finish(), origin: serverOrigin(scan.metadata) };
}

/** @param every Is called for all events, those of other names too. */
async function scanWith(
  handlers: readonly Watcher[],
  chunks: Chunks,
  every?: Pick<EveryRow<unknown>, 'handle'>,
): Promise<Scan> {
  const dispatch = new Dispatch(handlers);
  const { names, onRow, spans } = dispatch;
  const scanner =
    every === undefined
      ? new Scanner(names, onRow, { spans })
      : new Scanner(
          names,
          (row, index) => {
            every.handle(row);
            onRow(row, index);
          },
          { withOthers: true },
        );
  const isCorrupt = await scanAll(scanner, chunks);
  dispatch.end();
  return scanner.end(isCorrupt);
}

/** Returns whether it stopped where the packed form was damaged. */
async function scanAll(scanner: Scanner, chunks: Chunks): Promise<boolean> {
  try {
    for await (const chunk of chunks) scanner.push(chunk);
  } catch (error) {
    if (!(error instanceof CorruptCompression)) throw error;
    return true;
  }
  return false;
}
