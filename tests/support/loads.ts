import { isUnavailable, type Measure, unavailable } from '../../src/base/measure.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import { summarizeFindings } from '../../src/result/summary/summarize-findings.ts';
import { summarize } from '../../src/result/summary/summarize.ts';
import type { Session, Variant } from '../../src/result/session.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { NO_INTERACTION_DETAILS, WITHOUT_CAUSES } from './sample-causes.ts';
import { NO_FINDINGS } from './sample-findings.ts';
import { WITHOUT_RENDERING } from './sample-frames.ts';
import { WITHOUT_SERVER } from './sample-server.ts';

/** What a step measured, in milliseconds. What is left out is unremarkable. */
export interface Measured {
  /** Absent: the step produced no interaction. */
  readonly inp?: number;
  readonly icp?: Interaction['icpMs'];
  /** The main thread's tasks, as wall and processor time; -1 where the latter was not recorded. */
  readonly tasks?: readonly (readonly [wall: number, cpu: number])[];
  /** Absent: the server kept no trace. */
  readonly blocked?: Measure<'no-request'>;
}

export function stepResult(step: string, measured: Measured): StepResult {
  const { inp, icp = unavailable('no-contentful-change'), tasks = [], blocked } = measured;
  const walls = tasks.map(([wall]) => wall);
  const long = walls.filter((wall) => wall > 50);
  return {
    step,
    repetition: 0,
    startMs: 0,
    endMs: 1000,
    interaction:
      inp === undefined ? unavailable('no-interactions') : { ...interaction(inp, icp), cpuMs: cpuOf(tasks) },
    longTasks: {
      count: long.length,
      totalBlockingTimeMs: long.reduce((sum, wall) => sum + wall - 50, 0),
      longestMs: walls.length === 0 ? unavailable('no-tasks') : Math.max(...walls),
      tasks: [],
    },
    requests: [],
    serverLoop:
      blocked === undefined
        ? unavailable('no-server-trace')
        : { blockedDuringRequestMs: blocked, blocks: [] },
    ...NO_FINDINGS,
    tasks: {
      startMs: walls.map((_, index) => index * 100),
      durationMs: walls,
      cpuMs: tasks.map(([, cpu]) => cpu),
    },
  };
}

/** As if all of the tasks lay within the interaction. */
function cpuOf(tasks: NonNullable<Measured['tasks']>): Interaction['cpuMs'] {
  const isRecorded = tasks.length > 0 && tasks.every(([, cpu]) => cpu >= 0);
  return isRecorded ? tasks.reduce((sum, [, cpu]) => sum + cpu, 0) : unavailable('not-recorded');
}

/** Half a millisecond until its handler runs, and one handler that takes half of the rest. */
export function interaction(inp: number, icp: Interaction['icpMs']): Interaction {
  const inputDelayMs = 0.5;
  const processingDurationMs = (inp - inputDelayMs) / 2;
  return {
    interactionId: 7,
    pid: 1,
    tid: 1,
    type: 'click',
    startMs: 10,
    durationMs: inp,
    inputDelayMs,
    processingDurationMs,
    presentationDelayMs: inp - inputDelayMs - processingDurationMs,
    icpSource: isUnavailable(icp) ? unavailable('no-contentful-change') : 'contentful-paint',
    icpStartMs: isUnavailable(icp) ? unavailable('no-contentful-change') : 10,
    icpMs: icp,
    icpFirstMs: icp,
    ...NO_INTERACTION_DETAILS,
  };
}

export type LoadChange = Partial<Load> & Pick<Load, 'variant' | 'round'>;

/** A valid load that counts, unless changed. */
export const loadOf = (steps: readonly StepResult[], change: LoadChange): Load => ({
  id: `${change.variant}-${String(change.round)}`,
  warmUp: false,
  startedAt: '2026-11-23T10:00:00.000Z',
  status: 'valid',
  problems: [],
  integrity: {
    dataLossOccurred: false,
    bufferUsage: 0,
    pageVisible: true,
    hostBusy: 0,
    hostSteal: 0,
    tasksOnCpu: 1,
    clockDriftMs: 0,
    dialogs: 0,
    popups: 0,
    downloads: 0,
  },
  traceFile: null,
  serverTraceFile: null,
  trace: null,
  steps,
  ...change,
});

/** One step, `click`, as two variants showed it round by round. */
export function rounds(first: readonly Measured[], second: readonly Measured[] = []): readonly Load[] {
  const loads = (variant: string, measured: readonly Measured[]): readonly Load[] =>
    measured.map((values, round) => loadOf([stepResult('click', values)], { variant, round }));
  return [...loads(FIRST, first), ...loads(SECOND, second)];
}

export const FIRST = 'sync-backed';
export const SECOND = 'async-backed';

/** What claims and the answer are drawn from. Every step that a load has is in the scenario, under its own name. */
export function evidenceOf(
  loads: readonly Load[],
  names: readonly string[] = [FIRST, SECOND],
): Pick<Session, 'loads' | 'scenario' | 'variants' | 'summary' | 'findings'> {
  const steps = [...new Set(loads.flatMap((load) => load.steps.map(({ step }) => step)))];
  return {
    loads,
    scenario: {
      name: 'test',
      steps: steps.map((name) => ({ name, description: `The ${name}`, expects: 'interaction' })),
    },
    variants: names.map((name): Variant => ({ name, description: name, url: `http://page.test/${name}` })),
    summary: summarize(loads, steps, names),
    findings: summarizeFindings(loads, steps, names),
  };
}

/** A whole trace with an interaction-less main thread. */
export const traceResult = (change: Partial<TraceResult> = {}): TraceResult => ({
  file: 'a.json',
  partial: false,
  events: { read: 1, dropped: {} },
  firstEventUs: 0,
  spanMs: 1000,
  clock: null,
  mainThread: { pid: 1, tid: 1, how: 'tracing-started-in-browser', processes: [1], taskCount: 9, spans: [] },
  longTasks: { count: 0, totalBlockingTimeMs: 0, longestMs: unavailable('no-tasks'), tasks: [] },
  interactions: [],
  inp: unavailable('no-interactions'),
  requests: [],
  requestsOfOtherPages: 0,
  paints: {
    totalBlockingTimeAfterFcpMs: unavailable('not-recorded'),
    firstContentfulPaintMs: unavailable('not-recorded'),
    largestContentfulPaintMs: unavailable('not-recorded'),
  },
  ...WITHOUT_CAUSES,
  ...WITHOUT_RENDERING,
  ...WITHOUT_SERVER,
  ...NO_FINDINGS,
  ...change,
});
