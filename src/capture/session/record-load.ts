import { join } from 'node:path';
import { unavailable } from '../../base/measure.ts';
import type { Integrity, Load } from '../../result/load.ts';
import type { Variant } from '../../result/session.ts';
import type { OpenBrowser } from '../browser/browser.ts';
import { loadProblem } from '../load-failure.ts';
import { findProblems, tasksOnCpu } from '../load/integrity.ts';
import { runLoad } from '../load/run-load.ts';
import type { PlannedLoad } from './plan.ts';
import { saveServerTrace } from './save-server-trace.ts';
import { loadOrderOf, type SessionOrder } from './session-order.ts';
import { traceFileName } from './trace-file-name.ts';

/** Records one load, and has it analysed. What goes wrong with it is told in it. */
export async function recordLoad(
  { browser }: OpenBrowser,
  planned: PlannedLoad,
  index: number,
  order: SessionOrder,
): Promise<Load> {
  const { scenario, folder, server, repetitions } = order;
  const loadOrder = loadOrderOf(order, variantNamed(order.variants, planned.variant));
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
      ...loadOrder,
      ...(order.byHand === undefined ? {} : { byHand: order.byHand }),
      repetitions,
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

function variantNamed(variants: readonly Variant[], name: string): Variant {
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new Error(`The plan names a variant that does not exist: ${name}`);
  return variant;
}
