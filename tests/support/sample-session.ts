import { isUnavailable, unavailable } from '../../src/base/measure.ts';
import { randomNumbers } from '../../src/base/random.ts';
import type { Claim, ClaimFinding } from '../../src/result/claim.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import type { SummaryRow } from '../../src/result/session-summary.ts';
import type { Environment, Session } from '../../src/result/session.ts';
import { summarize } from '../../src/result/summary/summarize.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { longTasksOf, rounded, sampleStep, type Course } from './sample-step.ts';
import { NO_FINDINGS } from './sample-findings.ts';
import { WITHOUT_CAUSES } from './sample-causes.ts';
import { WITHOUT_RENDERING } from './sample-frames.ts';
import { WITHOUT_SERVER } from './sample-server.ts';

type Courses = readonly [sync: Course, async: Course];

const VARIANTS: readonly string[] = ['sync-backed', 'async-backed'];
const ROUNDS = 6;

const COURSES: ReadonlyMap<string, Courses> = new Map<string, Courses>([
  [
    'fetch-idle',
    [
      { processing: 2, cpu: 1.8, icp: 278, wait: 252, loopBlocked: 249 },
      { processing: 2, cpu: 1.8, icp: 280, wait: 254, loopBlocked: 0 },
    ],
  ],
  [
    'fetch-busy',
    [
      { processing: 2, cpu: 1.8, icp: 529, wait: 503, loopBlocked: 497 },
      { processing: 2, cpu: 1.8, icp: 291, wait: 264, loopBlocked: 3 },
    ],
  ],
  [
    'sync-xhr-idle',
    [
      { processing: 172, cpu: 18, icp: 178, wait: 153, loopBlocked: 149 },
      { processing: 172, cpu: 18, icp: 178, wait: 153, loopBlocked: 0 },
    ],
  ],
  [
    'sync-xhr-busy',
    [
      { processing: 331, cpu: 19, icp: 341, wait: 311, loopBlocked: 298 },
      { processing: 186, cpu: 18, icp: 195, wait: 167, loopBlocked: 4 },
    ],
  ],
  [
    'heavy-handler',
    [
      { processing: 224, cpu: 221, icp: 236, wait: 0, loopBlocked: 0 },
      { processing: 223, cpu: 220, icp: 235, wait: 0, loopBlocked: 0 },
    ],
  ],
]);

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'fetch-idle': 'A click fetches the report while nobody else uses the server.',
  'fetch-busy': 'The same click while another user runs a slow report.',
  'sync-xhr-idle': 'A click loads the report by a synchronous XMLHttpRequest.',
  'sync-xhr-busy': 'The synchronous request while another user runs a slow report.',
  'heavy-handler': 'A click computes for 220 ms in the page and calls no server.',
};

/** Two variants, five steps, a warm-up and six rounds. Every number is made up, plausible, and the same every time. */
export function sampleSession(): Session {
  const rounds = Array.from({ length: ROUNDS + 1 }, (_, round) => round);
  const loads = rounds.flatMap((round) => VARIANTS.map((variant) => sampleLoad(variant, round)));
  const steps = [...COURSES.keys()];
  const summary = summarize(loads, steps, VARIANTS);
  return {
    schemaVersion: 1,
    kind: 'session',
    inpactVersion: '0.1.0',
    createdAt: '2026-11-20T09:30:00.000Z',
    environment: ENVIRONMENT,
    plan: { runs: ROUNDS, warmUps: 1, repetitions: 1, seed: 20_261_120 },
    scenario: {
      name: 'Lab: a report page',
      steps: steps.map((name) => ({ name, description: DESCRIPTIONS[name] ?? '', expects: 'interaction' })),
    },
    variants: [
      {
        name: 'sync-backed',
        description: 'node:sqlite, queries on the event loop',
        url: 'http://127.0.0.1:4001/',
      },
      { name: 'async-backed', description: 'the same queries in a worker', url: 'http://127.0.0.1:4002/' },
    ],
    loads,
    summary,
    pipelines: [],
    findings: [],
    claims: sampleClaims(summary),
    answer: {
      question: 'Which event loop are your users waiting for?',
      sentences: sampleAnswer(summary),
      next: [],
    },
  };
}

const ENVIRONMENT: Environment = {
  chrome: 'Chrome/156.0.8078.79',
  chromeFlags: ['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  categories: ['devtools.timeline', 'loading', 'latencyInfo'],
  viewport: { width: 1280, height: 800 },
  node: 'v24.21.0',
  platform: 'linux x64',
  cpuModel: 'AMD EPYC',
  cpuCount: 2,
  browser: {
    headless: true,
    attached: false,
    device: null,
    locale: null,
    timeZone: null,
    cpu: { rate: 1, deviceClass: null, hostScore: unavailable('not-measured') },
    network: null,
    blockedUrls: [],
    cache: 'cold',
    serviceWorkers: true,
    categoryPreset: 'light',
    redaction: 'default',
    extraHeaders: [],
    basicAuth: false,
    storage: false,
  },
};

function sampleLoad(variant: string, round: number): Load {
  // Multiplied, since mulberry32 begins alike where seeds are neighbours.
  const random = randomNumbers(Math.imul(round * 17 + VARIANTS.indexOf(variant) + 1, 0x9e37_79b1));
  const steps = Array.from(COURSES, ([step, courses], index) =>
    sampleStep({
      step,
      startMs: 600 + index * 1500,
      course: variant === VARIANTS[0] ? courses[0] : courses[1],
      late: random() * 9 + (round === 4 && step === 'fetch-busy' ? 160 : 0),
      random,
    }),
  );
  const id = `${variant}-${String(round).padStart(2, '0')}`;
  return {
    id,
    variant,
    round,
    warmUp: round === 0,
    startedAt: `2026-11-20T09:${30 + round}:00.000Z`,
    status: 'valid',
    problems: [],
    integrity: {
      dataLossOccurred: false,
      bufferUsage: 0.04,
      pageVisible: true,
      hostBusy: rounded(0.3 + random() * 0.2),
      hostSteal: 0,
      tasksOnCpu: 0.97,
      clockDriftMs: 0,
      dialogs: 0,
      popups: 0,
      downloads: 0,
    },
    traceFile: `${id}.trace.json.gz`,
    serverTraceFile: `${id}.server.json.gz`,
    trace: sampleTrace(id, steps),
    steps,
  };
}

function sampleTrace(id: string, steps: readonly StepResult[]): TraceResult {
  const interactions = steps.flatMap(({ interaction }) => (isUnavailable(interaction) ? [] : [interaction]));
  return {
    file: `${id}.trace.json.gz`,
    partial: false,
    events: { read: 48_211, dropped: {} },
    firstEventUs: 81_234_567_890,
    spanMs: 8200,
    clock: 'LINUX_CLOCK_MONOTONIC',
    mainThread: {
      pid: 4711,
      tid: 1,
      how: 'tracing-started-in-browser',
      processes: [4711],
      taskCount: 9,
      spans: [],
    },
    longTasks: longTasksOf(steps.flatMap(({ longTasks }) => longTasks.tasks)),
    interactions,
    inp: interactions.toSorted((a, b) => b.durationMs - a.durationMs)[0] ?? unavailable('no-interactions'),
    requests: steps.flatMap(({ requests }) => requests),
    requestsOfOtherPages: 0,
    paints: {
      totalBlockingTimeAfterFcpMs: 0,
      firstContentfulPaintMs: 212.4,
      largestContentfulPaintMs: 240.1,
    },
    ...WITHOUT_CAUSES,
    ...WITHOUT_RENDERING,
    ...WITHOUT_SERVER,
    ...NO_FINDINGS,
  };
}

type Medians = readonly [sync: number, async: number];

function medians(summary: readonly SummaryRow[], step: string, metric: 'inpMs' | 'icpMs'): Medians {
  const of = (variant: string | undefined): number => {
    const value = summary.find((row) => row.step === step && row.variant === variant)?.metrics[metric];
    return value === undefined || isUnavailable(value) ? Number.NaN : value.median;
  };
  return [of(VARIANTS[0]), of(VARIANTS[1])];
}

function sampleAnswer(summary: readonly SummaryRow[]): readonly string[] {
  const [syncIcp, asyncIcp] = medians(summary, 'fetch-busy', 'icpMs').map(Math.round);
  const [inp] = medians(summary, 'fetch-busy', 'inpMs').map(Math.round);
  return [
    `For the server’s: while another user’s query holds it, a click waits ${syncIcp} ms for its result behind the sync-backed endpoint and ${asyncIcp} ms behind the async-backed one.`,
    `INP does not see that wait. It is ${inp} ms, “good”, for both, because the page itself never blocks.`,
    "Only where the page sends a synchronous request does the server's wait become INP, and then the main thread waits without working.",
  ];
}

function sampleClaims(summary: readonly SummaryRow[]): readonly Claim[] {
  const finding = (
    step: string,
    metric: 'inpMs' | 'icpMs',
    verdict: ClaimFinding['verdict'],
  ): ClaimFinding => {
    const [sync, async] = medians(summary, step, metric);
    const estimateMs = rounded(sync - async);
    const name = metric === 'inpMs' ? 'INP' : 'ICP';
    return {
      step,
      metric,
      verdict,
      shift: {
        estimateMs,
        lowMs: rounded(estimateMs - 6.2),
        highMs: rounded(estimateMs + 7.9),
        confidence: 0.96875,
        pairs: ROUNDS,
      },
      sentence: `${name} is ${Math.round(sync)} ms sync-backed and ${Math.round(async)} ms async-backed.`,
    };
  };
  return [
    {
      id: 'inp-gain',
      text: 'An async ORM improves INP by 50–200 ms',
      verdict: 'partly',
      findings: [
        finding('fetch-idle', 'inpMs', 'refuted'),
        finding('fetch-busy', 'inpMs', 'refuted'),
        finding('sync-xhr-idle', 'inpMs', 'refuted'),
        finding('sync-xhr-busy', 'inpMs', 'confirmed'),
        finding('heavy-handler', 'inpMs', 'refuted'),
      ],
    },
    {
      id: 'icp-gain',
      text: 'While others use the server, an async ORM shows the result sooner',
      verdict: 'confirmed',
      findings: [finding('fetch-busy', 'icpMs', 'confirmed'), finding('sync-xhr-busy', 'icpMs', 'confirmed')],
    },
  ];
}
