import { randomInt } from 'node:crypto';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { flagsOf, launchBrowser, VIEWPORT } from '../src/capture/browser.ts';
import { CATEGORIES } from '../src/capture/categories.ts';
import { findChrome, type FoundChrome } from '../src/capture/find-chrome.ts';
import { planLoads } from '../src/capture/plan.ts';
import { type AnalyzeLoad, recordLoads } from '../src/capture/record-session.ts';
import type { Scenario } from '../src/capture/scenario.ts';
import type { ServerTraceSource } from '../src/capture/server-trace-source.ts';
import { compactTime, safe } from '../src/capture/trace-file-name.ts';
import {
  analyzeLoad,
  conclude,
  type Environment,
  InpactError,
  type Judge,
  type Load,
  type Session,
  type TraceSource,
  type Variant,
} from '../src/index.ts';
import { bootId } from '../src/node/boot-id.ts';
import { readTrace } from '../src/node/read-trace.ts';
import type { Io } from './io.ts';
import { progressView } from './output/progress.ts';
import { sessionText } from './output/session-text.ts';
import { reportSizeText } from './output/report-size.ts';
import { termLines, termText } from './output/terminal.ts';
import { saveSessionReport } from './save-report.ts';
import { makeFolder, saveSession } from './session-folder.ts';

/** What `record` and `demo` have in common on the command line. */
export interface RecordOptions {
  readonly chromePath?: string;
  readonly runs: number;
  readonly warmUps: number;
  readonly repetitions: number;
  readonly seed?: number;
  readonly headed: boolean;
  readonly output?: string;
  readonly quiet: boolean;
  /** Bytes. */
  readonly maxReportSize?: number;
}

export interface RecordOrder {
  readonly scenario: Scenario;
  readonly variants: readonly Variant[];
  readonly judges: readonly Judge[];
  readonly server?: ServerTraceSource;
}

/**
 * Records a session, saves it after every load, and writes the report.
 * @throws {InpactError} `capture-failed` if no load of a variant is fit to be judged. What was recorded is kept.
 */
export async function record(order: RecordOrder, options: RecordOptions, io: Io): Promise<void> {
  // First, so that without a browser no empty folder is left behind.
  const chrome = await findChrome({ env: io.env, ...pathOption(options) });
  const createdAt = new Date();
  const folder =
    options.output ?? join('inpact-results', `${compactTime(createdAt)}-${safe(order.scenario.name)}`);
  await makeFolder(folder);
  const session = await recordInto({ folder, createdAt, chrome }, order, options, io);
  const saved = await saveSessionReport(
    join(folder, 'report.html'),
    { session, folder },
    options.maxReportSize,
  );
  const report = saved.path;
  if (!options.quiet) io.stderr(`${termLines(reportSizeText(saved))}\n`);
  if (!options.quiet) io.stdout(`${sessionText(session, io.columns)}\n`);
  io.stdout(`${options.quiet ? '' : 'Report: '}${termText(report)}\n`);
  refuseUnfit(session, report);
}

interface Place {
  readonly folder: string;
  readonly createdAt: Date;
  readonly chrome: FoundChrome;
}

async function recordInto(
  { folder, createdAt, chrome }: Place,
  { scenario, variants, judges, server }: RecordOrder,
  options: RecordOptions,
  io: Io,
): Promise<Session> {
  const { runs, warmUps, repetitions, seed = randomInt(2 ** 31) } = options;
  const notice = (line: string): void => {
    if (!options.quiet) io.stderr(`${termText(line)}\n`);
  };
  notice(`Chrome: ${chrome.path} (${chrome.source}). Traces and report go to ${folder}.`);
  let environment: Environment | undefined;
  const view = progressView(io, options.quiet);
  const loads: Load[] = [];
  const concluded = (): Session =>
    conclude(
      {
        createdAt: createdAt.toISOString(),
        environment: environment ?? describeEnvironment('unknown', []),
        plan: { runs, warmUps, repetitions, seed },
        scenario: describeScenario(scenario),
        variants,
        loads,
      },
      judges,
    );
  const launch = async (): ReturnType<typeof launchBrowser> => {
    const browser = await launchBrowser({
      chromePath: chrome.path,
      headless: !options.headed,
      isRoot: io.isRoot,
      report: environment === undefined ? notice : () => undefined,
    });
    environment = describeEnvironment(await browser.version(), flagsOf(browser));
    return browser;
  };
  const names = variants.map(({ name }) => name);
  const recording = recordLoads({
    scenario,
    variants,
    plan: planLoads({ variants: names, runs, warmUps, seed }),
    repetitions,
    folder,
    launch,
    ...(server === undefined ? {} : { server }),
    analyze: analyzerOf(folder),
    onProgress: (progress) => {
      view.show(progress);
    },
    signal: io.signal,
  });
  try {
    for await (const load of recording) {
      loads.push(load);
      // After every load, so that an interruption loses none.
      await saveSession(folder, concluded());
    }
  } finally {
    view.end();
  }
  return concluded();
}

const pathOption = ({ chromePath }: RecordOptions): { readonly chromePath?: string } =>
  chromePath === undefined ? {} : { chromePath };

/** The analysis that recording leaves to its caller. */
const analyzerOf =
  (folder: string): AnalyzeLoad =>
  ({ traceFile, serverTraceFile, steps }) => {
    const server = serverTraceFile === null ? undefined : sourceOf(folder, serverTraceFile);
    return analyzeLoad({ ...sourceOf(folder, traceFile), steps, server, bootId: bootId() });
  };

const sourceOf = (folder: string, file: string): TraceSource => ({
  file,
  bytes: readTrace(join(folder, file)),
});

const describeScenario = ({ name, steps }: Scenario): Session['scenario'] => ({
  name,
  steps: steps.map((step) => ({
    name: step.name,
    description: step.description ?? step.name,
    expects: step.expects,
  })),
});

function describeEnvironment(chrome: string, chromeFlags: readonly string[]): Environment {
  const processors = cpus();
  return {
    chrome,
    chromeFlags,
    categories: CATEGORIES,
    viewport: VIEWPORT,
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cpuCount: processors.length,
  };
}

function refuseUnfit({ variants, loads }: Session, report: string): void {
  for (const { name } of variants) {
    const own = loads.filter(({ variant, warmUp }) => variant === name && !warmUp);
    if (own.some(({ status }) => status === 'valid')) continue;
    const problem = own.flatMap(({ problems }) => problems)[0];
    throw new InpactError(
      'capture-failed',
      `No load of ${name} is fit to be judged: ${problem?.message ?? 'none was recorded'}`,
      {
        hint: `What was recorded is kept; see ${report}.`,
      },
    );
  }
}
