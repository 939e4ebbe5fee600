import { isUnavailable, unavailable, type Unavailable } from '../../src/base/measure.ts';
import type { MetricName, MetricSummary } from '../../src/result/session-summary.ts';
import type { Session, StepSummary } from '../../src/result/session.ts';
import { countedLoads } from '../../src/result/summary/step-runs.ts';

/** One step with its variants beneath each other, so that the eye compares what belongs together. */
export interface FigureGroup {
  readonly step: StepSummary;
  readonly rows: readonly FigureRow[];
}

export interface FigureRow {
  readonly variant: string;
  readonly step: string;
  /** Loads that recorded the step and count. */
  readonly runs: number;
  readonly metrics: Readonly<Record<MetricName, MetricSummary | Unavailable>>;
}

export function figureGroups(session: Session): readonly FigureGroup[] {
  return session.scenario.steps.map((step) => ({
    step,
    rows: session.variants.map(({ name }) => figureRow(session, step.name, name)),
  }));
}

function figureRow(session: Session, step: string, variant: string): FigureRow {
  const row = session.summary.find((candidate) => candidate.step === step && candidate.variant === variant);
  const runs = countedLoads(session, variant).filter((load) =>
    load.steps.some((result) => result.step === step),
  );
  return { step, variant, runs: runs.length, metrics: row?.metrics ?? nothing() };
}

function nothing(): FigureRow['metrics'] {
  const none = unavailable('no-valid-load');
  return {
    inpMs: none,
    icpMs: none,
    inputDelayMs: none,
    processingDurationMs: none,
    presentationDelayMs: none,
    longTaskCount: none,
    longestTaskMs: none,
    longestTaskCpuMs: none,
    totalBlockingTimeMs: none,
    interactionCpuMs: none,
    loopBlockedMs: none,
    serverWaitMs: none,
  };
}

/** A task longer than this can hold up input. https://www.w3.org/TR/longtasks-1/ */
export const LONG_TASK_MS: number = 50;

/** Below this share of its wall time on the processor, a long task counts as waiting. */
const WORKING_SHARE = 0.5;

export const wasWaiting = (wallMs: number, cpuMs: number): boolean =>
  wallMs > LONG_TASK_MS && cpuMs >= 0 && cpuMs < wallMs * WORKING_SHARE;

/** Whether the row's longest task mostly waited. False where Chrome recorded no processor time. */
export function longestTaskWaited({ metrics: { longestTaskMs, longestTaskCpuMs } }: FigureRow): boolean {
  if (isUnavailable(longestTaskMs) || isUnavailable(longestTaskCpuMs)) return false;
  return wasWaiting(longestTaskMs.median, longestTaskCpuMs.median);
}
