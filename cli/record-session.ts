import { join } from 'node:path';
import type { PageEnvironment } from '../src/capture/environment/page-environment.ts';
import { cpuWish } from '../src/capture/environment/calibrate-cpu.ts';
import type { ByHand } from '../src/capture/load/load-order.ts';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { ServerTraceSource } from '../src/capture/server/server-trace-source.ts';
import { crossCheck } from '../src/capture/session/cross-check.ts';
import { failsAlike } from '../src/capture/session/fails-alike.ts';
import { type PlannedLoad, planLoads } from '../src/capture/session/plan.ts';
import { recordLoads } from '../src/capture/session/record-loads.ts';
import { compactTime, safe } from '../src/capture/session/trace-file-name.ts';
import { environmentOf, withCpu } from '../src/capture/settings/build-environment.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import {
  conclude,
  type CrossCheck,
  type Judge,
  type Load,
  type LoadProblem,
  type Session,
  type Variant,
} from '../src/index.ts';
import { type BrowserFinder, browserFinder } from './browser-finder.ts';
import { withCaptureLock } from './capture-lock.ts';
import { cpuThrottle } from './cpu-throttle.ts';
import { describeScenario, shown } from './describe-recording.ts';
import type { Io } from './io.ts';
import { cpuNote } from './output/cpu-note.ts';
import { progressView } from './output/progress.ts';
import { termText } from './output/terminal.ts';
import { makeFolder, refuseRecorded, saveSession } from './session-folder.ts';
import { describedBrowsers, loadsOrder, planOf } from './session-order.ts';

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
  readonly earlier?: Session;
  /** Asked after every load that was saved: whether those that are left need not be recorded. */
  readonly isEnough?: (session: Session, folder: string) => Promise<boolean>;
}

export interface RecordedSession {
  readonly folder: string;
  readonly session: Session;
}

/** Records a session, and saves it after every load. An earlier one of which nothing is left to record is left as it is. */
export async function recordSession(
  order: RecordOrder,
  settings: Settings,
  io: Io,
): Promise<RecordedSession> {
  const { output } = settings;
  const isNew = order.earlier === undefined;
  // First, so that a slip of the pen leaves no empty folder behind, nor does a missing browser.
  if (isNew && output !== undefined) await refuseRecorded(output);
  const plan = planOf(settings);
  if (order.earlier !== undefined && output !== undefined && isDone(order.earlier, plan, settings))
    return { folder: output, session: order.earlier };
  const cpu = cpuWish(settings.cpuThrottle);
  const unthrottled = await environmentOf(settings, order.size);
  const findBrowser = await browserFinder(settings, io);
  return withCaptureLock(settings, io, async () => {
    const createdAt = new Date();
    const folder = output ?? join('inpact-results', `${compactTime(createdAt)}-${safe(order.scenario.name)}`);
    // Again: whoever recorded in the meantime may have been told the same folder.
    if (isNew) await refuseRecorded(folder);
    const environment = withCpu(unthrottled, await cpuThrottle(cpu, findBrowser));
    await makeFolder(folder);
    const prepared = { folder, createdAt, plan, environment, findBrowser };
    return { folder, session: await recordPrepared(prepared, order, settings, io) };
  });
}

interface Prepared {
  readonly folder: string;
  readonly createdAt: Date;
  readonly plan: Session['plan'];
  readonly environment: PageEnvironment;
  readonly findBrowser: BrowserFinder;
}

async function recordPrepared(
  prepared: Prepared,
  order: RecordOrder,
  settings: Settings,
  io: Io,
): Promise<Session> {
  const { folder, createdAt, plan, environment, findBrowser } = prepared;
  const { scenario, variants, server, byHand, earlier, isEnough } = order;
  if (!settings.quiet) announce(prepared, io);
  const browsers = describedBrowsers(findBrowser, environment);
  const loads: Load[] = [...(earlier?.loads ?? [])];
  const concluded = (checks?: readonly CrossCheck[]): Session =>
    conclude(
      {
        createdAt: createdAt.toISOString(),
        environment: browsers.environment(),
        plan,
        scenario: describeScenario(scenario),
        variants: variants.map(shown),
        loads,
        ...(checks === undefined ? {} : { crossCheck: checks }),
      },
      order.judges,
    );
  const common = { ...loadsOrder(prepared, order, settings), launch: browsers.launch, signal: io.signal };
  const view = progressView(io, settings.quiet);
  const planned = plannedOf(plan, variants);
  const recording = recordLoads({
    ...common,
    plan: leftOf(planned, loads),
    repetitions: plan.repetitions,
    hostCheck: settings.hostCheck,
    ...(server === undefined ? {} : { server }),
    ...(byHand === undefined ? {} : { byHand }),
    onProgress: (progress) => {
      view.show(progress);
    },
  });
  let hopeless: LoadProblem | undefined;
  try {
    for await (const load of recording) {
      loads.push(load);
      // After every load, so that an interruption loses none.
      const session = concluded();
      await saveSession(folder, session);
      if (settings.failFast) hopeless = failsAlike(loads);
      if (hopeless !== undefined || (await isEnough?.(session, folder)) === true) break;
    }
  } finally {
    view.end();
  }
  if (hopeless !== undefined && !settings.quiet && planned.length > loads.length)
    io.stderr(`${endedText(hopeless, loads.length, planned.length)}\n`);
  if (!settings.crossCheck || hopeless !== undefined) return concluded();
  if (!settings.quiet) io.stderr('Asking the page itself, once traced and once not.\n');
  const checked = concluded(await crossCheck(common));
  await saveSession(folder, checked);
  return checked;
}

const endedText = ({ code, message }: LoadProblem, done: number, planned: number): string =>
  termText(
    `No load is fit, and the last five failed alike (${code}: ${message}). The ${String(planned - done)} that are left are not tried; --no-fail-fast tries them.`,
  );

function announce({ folder, environment, findBrowser }: Prepared, io: Io): void {
  io.stderr(`${termText(`Chrome: ${findBrowser.name}. Traces and report go to ${folder}.`)}\n`);
  const slowed = cpuNote(environment.settings.cpu);
  if (slowed !== undefined) io.stderr(`${slowed}\n`);
}

const plannedOf = (plan: Session['plan'], variants: readonly Variant[]): readonly PlannedLoad[] =>
  planLoads({ ...plan, variants: variants.map(({ name }) => name) });

/** Whether there is nothing left to record, nor to ask the page. */
const isDone = (
  { variants, loads, crossCheck: checked }: Session,
  plan: Session['plan'],
  { crossCheck: isAsked }: Settings,
): boolean => leftOf(plannedOf(plan, variants), loads).length === 0 && (checked !== undefined || !isAsked);

/** The rounds that were not begun: one that was interrupted is left as it is, since its loads would no longer be back to back. */
function leftOf(plan: readonly PlannedLoad[], earlier: readonly Load[]): readonly PlannedLoad[] {
  const begun = new Set(earlier.map(({ round }) => round));
  return plan.filter(({ round }) => !begun.has(round));
}
