import { join } from 'node:path';
import { Readable } from 'node:stream';
import { InpactError } from '../../base/errors.ts';
import { unavailable } from '../../base/measure.ts';
import { writeFileAtomically } from '../../node/write-file.ts';
import type { LoadProblem, LoadProblemCode } from '../../result/load-problems.ts';
import type { Integrity, Load, StepResult, Variant } from '../../result/session.ts';
import type { TraceResult } from '../../result/trace-result.ts';
import type { OpenBrowser } from '../browser/browser.ts';
import type { Deadlines } from '../deadlines.ts';
import type { PageEnvironment } from '../environment/page-environment.ts';
import { loadProblem } from '../load-failure.ts';
import { findProblems, type HostCheck, tasksOnCpu } from '../load/integrity.ts';
import type { ByHand } from '../load/load-order.ts';
import { runLoad } from '../load/run-load.ts';
import { asItIs, type RewriteTrace } from '../load/trace-recorder.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ServerTraceSource } from '../server/server-trace-source.ts';
import type { PlannedLoad } from './plan.ts';
import { traceFileName } from './trace-file-name.ts';

export interface SessionOrder {
  readonly scenario: Scenario;
  readonly variants: readonly Variant[];
  readonly plan: readonly PlannedLoad[];
  /** How often each step runs within a load. */
  readonly repetitions: number;
  /** For a variant: what runs in each of its documents before the page's own scripts. */
  readonly injected?: ReadonlyMap<string, string>;
  /** Where the traces go. It exists. */
  readonly folder: string;
  readonly environment: PageEnvironment;
  readonly hostCheck: HostCheck;
  /** Where the page may lead beside its own origin. */
  readonly allowedOrigins: readonly string[];
  readonly deadlines: Deadlines;
  /** What becomes of the traces on their way to the disk. */
  readonly rewriteTrace?: RewriteTrace;
  /** Starts a browser: called once, and again after one has died or hung. */
  readonly launch: () => Promise<OpenBrowser>;
  /** The trace that the server keeps of itself. */
  readonly server?: ServerTraceSource;
  readonly analyze: AnalyzeLoad;
  /** For a load that a person does. */
  readonly byHand?: ByHand;
  readonly onProgress: (progress: Progress) => void;
  /** Stops after the step that is running. */
  readonly signal: AbortSignal;
}

/** Reads what was recorded. An argument, because recording does not depend on the analysis. */
export type AnalyzeLoad = (recorded: {
  readonly traceFile: string;
  readonly serverTraceFile: string | null;
  readonly steps: readonly string[];
}) => Promise<{ readonly trace: TraceResult; readonly steps: readonly StepResult[] }>;

export type Progress =
  | {
      readonly kind: 'load-started';
      readonly load: PlannedLoad;
      readonly index: number;
      readonly total: number;
    }
  | { readonly kind: 'buffer'; readonly usage: number }
  | { readonly kind: 'load-done'; readonly load: Load; readonly index: number; readonly total: number };

/**
 * Records the planned loads one after the other, never two at a time: they would measure each other. A load that goes
 * wrong is kept, named and never repeated into the same sample.
 */
export async function* recordLoads(order: SessionOrder): AsyncIterable<Load> {
  let open: OpenBrowser | undefined;
  let ending: Promise<void> | undefined;
  // Once: a browser that is asked again while it ends is killed, and leaves its files behind.
  const stop = (): void => {
    if (open !== undefined) ending ??= open.end();
  };
  order.signal.addEventListener('abort', stop, { once: true });
  try {
    for (const [index, planned] of order.plan.entries()) {
      order.signal.throwIfAborted();
      open ??= await order.launch();
      // While it started there was nothing to stop.
      order.signal.throwIfAborted();
      order.onProgress({ kind: 'load-started', load: planned, index, total: order.plan.length });
      const load = await recordLoad(open, planned, index, order);
      order.signal.throwIfAborted();
      yield load;
      // Only now: whoever took the load has put it where it lasts.
      order.onProgress({ kind: 'load-done', load, index, total: order.plan.length });
      if (isSpent(open, load)) {
        await open.end(load.problems.some(({ code }) => code === 'browser-hung'));
        open = undefined;
      }
    }
  } finally {
    order.signal.removeEventListener('abort', stop);
    stop();
    await ending;
  }
}

/** Whether the next load needs a new browser: the old one has gone, or something in it still runs wild. */
const isSpent = ({ browser }: OpenBrowser, { problems }: Load): boolean =>
  !browser.connected || problems.some(({ code }) => SPENT.has(code));

const SPENT: ReadonlySet<LoadProblemCode> = new Set([
  'browser-failed',
  'browser-hung',
  'page-hung',
  'page-crashed',
  'step-timeout',
]);

async function recordLoad(
  { browser }: OpenBrowser,
  planned: PlannedLoad,
  index: number,
  order: SessionOrder,
): Promise<Load> {
  const { scenario, variants, folder, server, repetitions } = order;
  const injected = order.injected?.get(planned.variant);
  const { url } = variantNamed(variants, planned.variant);
  const startedAt = new Date();
  const traceFile = traceFileName(startedAt, planned.variant, index);
  const common = {
    id: `${planned.variant}-${String(planned.round)}`,
    variant: planned.variant,
    round: planned.round,
    warmUp: planned.warmUp,
    startedAt: startedAt.toISOString(),
  };
  await server?.reset();
  try {
    const recorded = await runLoad(browser, {
      scenario,
      variant: planned.variant,
      url,
      ...(injected === undefined ? {} : { injected }),
      ...(order.byHand === undefined ? {} : { byHand: order.byHand }),
      repetitions,
      environment: order.environment,
      allowedOrigins: order.allowedOrigins,
      deadlines: order.deadlines,
      tracePath: join(folder, traceFile),
      rewriteTrace: order.rewriteTrace,
      onBufferUsage: (usage) => {
        order.onProgress({ kind: 'buffer', usage });
      },
    });
    const served = await saveServerTrace(order, traceFile);
    const steps = scenario.steps.map(({ name }) => name);
    const analysis = await order.analyze({ traceFile, serverTraceFile: served.file, steps });
    const integrity = { ...recorded.integrity, tasksOnCpu: tasksOnCpu(analysis.steps) };
    const problems = [
      ...recorded.problems,
      ...served.problems,
      ...findProblems({ scenario, repetitions, hostCheck: order.hostCheck, integrity, ...analysis }),
    ];
    const status = problems.length === 0 ? 'valid' : 'invalid';
    return {
      ...common,
      ...analysis,
      status,
      problems,
      integrity,
      traceFile,
      serverTraceFile: served.file,
    };
  } catch (error) {
    return { ...common, ...NOTHING_RECORDED, problems: [loadProblem(error)] };
  }
}

const UNKNOWN = unavailable('load-failed');
const INTEGRITY_UNKNOWN: Integrity = {
  dataLossOccurred: UNKNOWN,
  bufferUsage: UNKNOWN,
  pageVisible: UNKNOWN,
  hostBusy: UNKNOWN,
  hostSteal: UNKNOWN,
  tasksOnCpu: UNKNOWN,
  clockDriftMs: UNKNOWN,
  dialogs: 0,
  popups: 0,
  downloads: 0,
};
const NOTHING_RECORDED = {
  status: 'failed',
  integrity: INTEGRITY_UNKNOWN,
  traceFile: null,
  serverTraceFile: null,
  trace: null,
  steps: [],
} as const;

interface SavedServerTrace {
  readonly file: string | null;
  readonly problems: readonly LoadProblem[];
}

async function saveServerTrace(
  { server, folder, rewriteTrace = asItIs }: SessionOrder,
  traceFile: string,
): Promise<SavedServerTrace> {
  if (server === undefined) return { file: null, problems: [] };
  let trace: Uint8Array;
  try {
    trace = await server.read();
  } catch (error) {
    if (!(error instanceof InpactError)) throw error;
    // It was there when the load began: what the page did is kept, and the load does not count.
    return { file: null, problems: [{ code: 'server-trace-missing', message: error.message }] };
  }
  const file = traceFile.replace(/\.json\.gz$/, '.server.json');
  const chunks: Uint8Array[] = [];
  for await (const chunk of rewriteTrace(Readable.from([trace]))) chunks.push(chunk);
  await writeFileAtomically(join(folder, file), Buffer.concat(chunks));
  return { file, problems: [] };
}

function variantNamed(variants: readonly Variant[], name: string): Variant {
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new Error(`The plan names a variant that does not exist: ${name}`);
  return variant;
}
