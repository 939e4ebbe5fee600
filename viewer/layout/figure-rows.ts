import { isUnavailable, unavailable, type Unavailable } from '../../src/base/measure.ts';
import type { MetricName, MetricSummary } from '../../src/result/session-summary.ts';
import type { Session, StepSummary } from '../../src/result/session.ts';
import { countedLoads } from '../../src/result/summary/step-runs.ts';
import { mapMetrics } from '../../src/result/summary/summarize.ts';
import { busyHost } from '../../src/result/words/host-note.ts';

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
  /** Whether other programs may have had the processor that the page's thread needed. */
  readonly onBusyHost: boolean;
  readonly metrics: Readonly<Record<MetricName, MetricSummary | Unavailable>>;
}

export function figureGroups(session: Session): readonly FigureGroup[] {
  const onBusyHost = busyHost(session) !== undefined;
  return session.scenario.steps.map((step) => ({
    step,
    rows: session.variants.map(({ name }) => ({ ...figureRow(session, step.name, name), onBusyHost })),
  }));
}

function figureRow(session: Session, step: string, variant: string): Omit<FigureRow, 'onBusyHost'> {
  const row = session.summary.find((candidate) => candidate.step === step && candidate.variant === variant);
  const runs = countedLoads(session, variant).filter((load) =>
    load.steps.some((result) => result.step === step),
  );
  return { step, variant, runs: runs.length, metrics: row?.metrics ?? NO_METRICS };
}

const NO_METRICS: FigureRow['metrics'] = mapMetrics(() => unavailable('no-valid-load'));

/** A task longer than this can hold up input. https://www.w3.org/TR/longtasks-1/ */
export const LONG_TASK_MS: number = 50;

/** Below this share of its wall time on the processor, a long task counts as waiting. */
const WORKING_SHARE = 0.5;

export const wasWaiting = (wallMs: number, cpuMs: number): boolean =>
  wallMs > LONG_TASK_MS && cpuMs >= 0 && cpuMs < wallMs * WORKING_SHARE;

/** What to say of a longest task that was mostly off the processor. Undefined also where Chrome recorded no processor time. */
export function waitingWords({ metrics, onBusyHost }: FigureRow): string | undefined {
  const { longestTaskMs, longestTaskCpuMs } = metrics;
  if (isUnavailable(longestTaskMs) || isUnavailable(longestTaskCpuMs)) return undefined;
  if (!wasWaiting(longestTaskMs.median, longestTaskCpuMs.median)) return undefined;
  return onBusyHost ? 'waiting, or crowded out' : 'waiting, not working';
}
