import { numberText } from '../../base/number-text.ts';
import type { JudgedName } from '../judgement.ts';
import type { MetricName } from '../session-summary.ts';

/** What people call a metric, and what its numbers count. */
export interface MetricLabel {
  /** In a sentence. */
  readonly label: string;
  /** Above a column or a chart. */
  readonly heading: string;
  readonly unit: 'ms' | 'count';
  /** Its name in a budget file and on the command line. */
  readonly id: string;
}

export const METRIC_LABELS: Readonly<Record<MetricName, MetricLabel>> = {
  inpMs: { label: 'INP', heading: 'INP', unit: 'ms', id: 'inp' },
  icpMs: { label: 'ICP', heading: 'ICP', unit: 'ms', id: 'icp' },
  inputDelayMs: { label: 'input delay', heading: 'Input delay', unit: 'ms', id: 'input-delay' },
  processingDurationMs: {
    label: 'processing duration',
    heading: 'Processing duration',
    unit: 'ms',
    id: 'processing-duration',
  },
  presentationDelayMs: {
    label: 'presentation delay',
    heading: 'Presentation delay',
    unit: 'ms',
    id: 'presentation-delay',
  },
  longTaskCount: { label: 'number of long tasks', heading: 'Long tasks', unit: 'count', id: 'long-tasks' },
  longestTaskMs: { label: 'longest task', heading: 'Longest task', unit: 'ms', id: 'longest-task' },
  longestTaskCpuMs: {
    label: "longest task's CPU time",
    heading: 'Longest task, CPU',
    unit: 'ms',
    id: 'longest-task-cpu',
  },
  totalBlockingTimeMs: {
    label: 'total blocking time',
    heading: 'Total blocking time',
    unit: 'ms',
    id: 'total-blocking-time',
  },
  interactionCpuMs: {
    label: "interaction's CPU time",
    heading: 'Interaction, CPU',
    unit: 'ms',
    id: 'interaction-cpu',
  },
  serverWaitMs: { label: 'server wait', heading: 'Server wait', unit: 'ms', id: 'server-wait' },
  loopBlockedMs: {
    label: 'server loop blocked',
    heading: 'Server loop blocked',
    unit: 'ms',
    id: 'loop-blocked',
  },
};

const NAMES: ReadonlyMap<string, MetricName> = new Map(
  Object.entries(METRIC_LABELS).flatMap(([name, { id }]) => (isMetric(name) ? [[id, name] as const] : [])),
);

function isMetric(name: string): name is MetricName {
  return Object.hasOwn(METRIC_LABELS, name);
}

/** The metric that people call so, or that is called so in a result. */
export const metricNamed = (name: string): MetricName | undefined =>
  NAMES.get(name) ?? (isMetric(name) ? name : undefined);

/** What people call the metrics. */
export const METRIC_IDS: readonly string[] = [...NAMES.keys()];

/** The size of a session's report, in thousands of bytes. */
export const REPORT_SIZE_LABEL = { label: 'report size', unit: 'kB', id: 'report-size' } as const;

/** What people call whatever is judged. */
export const judgedLabel = (name: JudgedName): { readonly label: string; readonly id: string } =>
  name === 'reportSizeKb' ? REPORT_SIZE_LABEL : METRIC_LABELS[name];

/** A metric's number with its unit, and with a decimal: beside a limit the last whole millisecond decides. */
export function metricText(metric: JudgedName, value: number): string {
  const rounded = Math.round(value * 10) / 10;
  const text = numberText(rounded, Number.isInteger(rounded) ? 0 : 1);
  const { unit } = metric === 'reportSizeKb' ? REPORT_SIZE_LABEL : METRIC_LABELS[metric];
  return unit === 'count' ? text : `${text} ${unit}`;
}
