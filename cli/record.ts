import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { flagsOf, type OpenBrowser } from '../src/capture/browser/browser.ts';
import { recordLoads } from '../src/capture/session/record-loads.ts';
import type { AnalyzeLoad } from '../src/capture/session/session-order.ts';
import { deadlinesOf, environmentOf, withCpu } from '../src/capture/settings/build-environment.ts';
import {
  calibrateCpu,
  type CpuWish,
  cpuWish,
  throttleByRate,
} from '../src/capture/environment/calibrate-cpu.ts';
import { crossCheck } from '../src/capture/session/cross-check.ts';
import type { ByHand } from '../src/capture/load/load-order.ts';
import type { PageEnvironment } from '../src/capture/environment/page-environment.ts';
import { type PlannedLoad, planLoads } from '../src/capture/session/plan.ts';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { ServerTraceSource } from '../src/capture/server/server-trace-source.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import type { RewriteTrace } from '../src/capture/load/trace-recorder.ts';
import { redactTrace } from '../src/redact/redact-trace.ts';
import { compactTime, safe } from '../src/capture/session/trace-file-name.ts';
import {
  analyzeLoad,
  conclude,
  type CpuThrottle,
  type CrossCheck,
  type Environment,
  InpactError,
  type Judge,
  type Load,
  LOAD_PROBLEMS,
  type Redaction,
  type Session,
  type Shard,
  type TraceSource,
  type Variant,
} from '../src/index.ts';
import { bootId } from '../src/node/boot-id.ts';
import { readTrace } from '../src/node/read-trace.ts';
import { type BrowserFinder, browserFinder } from './browser-finder.ts';
import { withCaptureLock } from './capture-lock.ts';
import { describeEnvironment, describeScenario, shown } from './describe-recording.ts';
import type { Io } from './io.ts';
import { cpuNote } from './output/cpu-note.ts';
import { progressView } from './output/progress.ts';
import { sessionText } from './output/session-text.ts';
import { reportSizeText } from './output/report-size.ts';
import { termLines, termText } from './output/terminal.ts';
import { RUNS } from './runs.ts';
import { saveSessionReport } from './save-report.ts';
import { makeFolder, refuseRecorded, saveSession } from './session-folder.ts';

export interface RecordOrder {
  readonly scenario: Scenario;
  readonly variants: readonly Variant[];
  readonly judges: readonly Judge[];
  readonly server?: ServerTraceSource;
  /** The window that the scenario was made for, where the settings name none. */
  readonly size?: string;
  /** For a variant: what runs in each of its documents before the page's own scripts. */
  readonly injected?: ReadonlyMap<string, string>;
  /** For a load that a person does. */
  readonly byHand?: ByHand;
  /** What an earlier, interrupted recording of the same plan has left in the same folder. */
  readonly earlier?: readonly Load[];
  /** Asked after every load that was saved: whether those that are left need not be recorded. */
  readonly isEnough?: (session: Session, folder: string) => Promise<boolean>;
}

export interface RecordedSession {
  readonly folder: string;
  readonly session: Session;
}

/**
 * Records a session, saves it after every load, and writes the report.
 * @throws {InpactError} `capture-failed` if no load of a variant is fit to be judged. What was recorded is kept.
 */
export async function record(order: RecordOrder, settings: Settings, io: Io): Promise<void> {
  const { folder, session } = await recordSession(order, settings, io);
  const saved = await saveSessionReport(
    join(folder, 'report.html'),
    { session, folder },
    settings.maxReportSize,
  );
  const report = saved.path;
  if (!settings.quiet) io.stderr(`${termLines(reportSizeText(saved))}\n`);
  if (!settings.quiet) io.stdout(`${sessionText(session, io.columns)}\n`);
  io.stdout(`${settings.quiet ? '' : 'Report: '}${termText(report)}\n`);
  refuseUnfit(session, report);
}

/** Records a session, and saves it after every load. */
export async function recordSession(
  order: RecordOrder,
  settings: Settings,
  io: Io,
): Promise<RecordedSession> {
  const createdAt = new Date();
  const folder =
    settings.output ?? join('inpact-results', `${compactTime(createdAt)}-${safe(order.scenario.name)}`);
  // First, so that a slip of the pen leaves no empty folder behind, nor does a missing browser.
  if (order.earlier === undefined) await refuseRecorded(folder);
  const cpu = cpuWish(settings.cpuThrottle);
  const unthrottled = await environmentOf(settings, order.size);
  const findBrowser = await browserFinder(settings, io);
  const session = await withCaptureLock(settings, io, async () => {
    const environment = withCpu(unthrottled, await cpuThrottle(cpu, findBrowser));
    await makeFolder(folder);
    return recordInto({ folder, createdAt, environment, findBrowser }, order, settings, io);
  });
  return { folder, session };
}

interface Place {
  readonly folder: string;
  readonly createdAt: Date;
  readonly environment: PageEnvironment;
  readonly findBrowser: BrowserFinder;
}

async function recordInto(place: Place, order: RecordOrder, settings: Settings, io: Io): Promise<Session> {
  const { folder, createdAt, environment, findBrowser } = place;
  const {
    scenario,
    variants,
    judges,
    server,
    injected,
    earlier = [],
    isEnough = () => Promise.resolve(false),
  } = order;
  const { runs = RUNS.record, warmUps, repetitions, seed = randomInt(2 ** 31) } = settings;
  const shard = settings.shard === undefined ? {} : { shard: shardOf(settings.shard) };
  const names = variants.map(({ name }) => name);
  if (!settings.quiet) {
    io.stderr(`${termText(`Chrome: ${findBrowser.name}. Traces and report go to ${folder}.`)}\n`);
    const slowed = cpuNote(environment.settings.cpu);
    if (slowed !== undefined) io.stderr(`${slowed}\n`);
  }
  let described: Environment | undefined;
  const view = progressView(io, settings.quiet);
  const loads: Load[] = [...earlier];
  const concluded = (checks?: readonly CrossCheck[]): Session =>
    conclude(
      {
        createdAt: createdAt.toISOString(),
        environment: described ?? describeEnvironment('unknown', [], environment),
        plan: { runs, warmUps, repetitions, seed, ...shard },
        scenario: describeScenario(scenario),
        variants: variants.map(shown),
        loads,
        ...(checks === undefined ? {} : { crossCheck: checks }),
      },
      judges,
    );
  const common = {
    scenario,
    variants,
    environment,
    allowedOrigins: settings.allowOrigins,
    deadlines: deadlinesOf(settings),
    ...rewriteFor(settings.redact),
    folder,
    launch: async (): Promise<OpenBrowser> => {
      const open = await findBrowser.open();
      described ??= describeEnvironment(await open.browser.version(), flagsOf(open.browser), environment);
      return open;
    },
    ...(injected === undefined ? {} : { injected }),
    analyze: analyzerOf(folder, findBrowser.isOurs),
    signal: io.signal,
  };
  const recording = recordLoads({
    ...common,
    plan: leftOf(planLoads({ variants: names, runs, warmUps, seed, ...shard }), earlier),
    repetitions,
    hostCheck: settings.hostCheck,
    ...(server === undefined ? {} : { server }),
    ...(order.byHand === undefined ? {} : { byHand: order.byHand }),
    onProgress: (progress) => {
      view.show(progress);
    },
  });
  try {
    for await (const load of recording) {
      loads.push(load);
      // After every load, so that an interruption loses none.
      const session = concluded();
      await saveSession(folder, session);
      if (await isEnough(session, folder)) break;
    }
  } finally {
    view.end();
  }
  if (!settings.crossCheck) return concluded();
  if (!settings.quiet) io.stderr('Asking the page itself, once traced and once not.\n');
  const checked = concluded(await crossCheck(common));
  await saveSession(folder, checked);
  return checked;
}

/** `2/4`, whose form has been checked. */
function shardOf(text: string): Shard {
  const [index = 1, of = 1] = text.split('/').map(Number);
  if (index <= of) return { index, of };
  throw new InpactError('bad-usage', `There is no shard ${text}`, { hint: 'The last of four is 4/4.' });
}

/** The rounds that were not begun: one that was interrupted is left as it is, since its loads would no longer be back to back. */
function leftOf(plan: readonly PlannedLoad[], earlier: readonly Load[]): readonly PlannedLoad[] {
  const begun = new Set(earlier.map(({ round }) => round));
  return plan.filter(({ round }) => !begun.has(round));
}

/** What becomes of a trace before it is written: nothing secret reaches the disk. */
function rewriteFor(redaction: Redaction): { readonly rewriteTrace?: RewriteTrace } {
  return redaction === 'off' ? {} : { rewriteTrace: (bytes) => redactTrace(bytes, redaction) };
}

/** Where the processor is to be as slow as a class of devices, this host is measured first. */
async function cpuThrottle(wish: CpuWish, findBrowser: BrowserFinder): Promise<CpuThrottle> {
  if ('rate' in wish) return throttleByRate(wish.rate);
  const open = await findBrowser.open();
  try {
    return await calibrateCpu(open.browser, wish.deviceClass);
  } finally {
    await open.end();
  }
}

/** The analysis that recording leaves to its caller. */
const analyzerOf =
  (folder: string, isOwnBrowser: boolean): AnalyzeLoad =>
  ({ traceFile, serverTraceFile, steps }) => {
    const server = serverTraceFile === null ? undefined : sourceOf(folder, serverTraceFile);
    // A browser that was running already may be on any machine.
    const ownBoot = isOwnBrowser ? bootId() : undefined;
    return analyzeLoad({ ...sourceOf(folder, traceFile), steps, server, bootId: ownBoot });
  };

const sourceOf = (folder: string, file: string): TraceSource => ({
  file,
  bytes: readTrace(join(folder, file)),
});

function refuseUnfit({ variants, loads }: Session, report: string): void {
  for (const { name } of variants) {
    const own = loads.filter(({ variant, warmUp }) => variant === name && !warmUp);
    if (own.some(({ status }) => status === 'valid')) continue;
    const problem = own.flatMap(({ problems }) => problems)[0];
    throw new InpactError(
      'capture-failed',
      `No load of ${name} is fit to be judged: ${problem?.message ?? 'none was recorded'}`,
      {
        hint: `${problem === undefined ? '' : `${LOAD_PROBLEMS[problem.code].remedy} `}What was recorded is kept; see ${report}.`,
      },
    );
  }
}
