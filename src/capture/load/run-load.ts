import type { Browser, CDPSession } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { unavailable } from '../../base/measure.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import type { Integrity } from '../../result/load.ts';
import { answered } from '../answered.ts';
import { whileConnected } from '../browser/browser.ts';
import { withDeadline } from '../deadline.ts';
import { throttle } from '../environment/page-environment.ts';
import { watchHost } from '../host/host-load.ts';
import { LoadFailure, problemOf } from '../load-failure.ts';
import type { PageProbe } from '../page/page-probe.ts';
import { PageVitals } from '../page/page-vitals.ts';
import { denyPermissions } from '../page/page-watch.ts';
import { parkPointer } from '../page/user.ts';
import { handOver } from './by-hand.ts';
import type { LoadOrder } from './load-order.ts';
import { navigate } from './navigate.ts';
import { LoadObserver, type ObservedLoad } from './observed-load.ts';
import { type OpenPage, openPage, settle } from './open-page.ts';
import { runSteps, type Witnesses } from './run-steps.ts';
import { TraceRecorder } from './trace-recorder.ts';

export interface RecordedLoad {
  readonly integrity: Omit<Integrity, 'tasksOnCpu'>;
  /** What went wrong while recording. Steps that did not run leave no marker in the trace. */
  readonly problems: readonly LoadProblem[];
  /** What the page saw of it, where somebody in it watched. */
  readonly observed: ObservedLoad | null;
}

/**
 * Loads the page in a fresh browser context and runs the scenario's steps under a trace.
 * @throws {InpactError} `server-unreachable` if the page's server does not answer at all.
 * @throws {LoadFailure} Where there is no trace to keep.
 */
export async function runLoad(browser: Browser, order: LoadOrder): Promise<RecordedLoad> {
  const { callMs, closeMs } = order.deadlines;
  const call = <T>(work: Promise<T>): Promise<T> => whileConnected(browser, answered(work, callMs));
  const context = await call(browser.createBrowserContext({ downloadBehavior: { policy: 'deny' } }));
  try {
    await call(denyPermissions(context));
    const opened = await openPage(await call(context.newPage()), context, order);
    try {
      await opened.watch.whileOpen(setUp(opened, order));
      return await recordPage(opened, order);
    } catch (error) {
      // That the page or the browser has gone is why; what the user can mend is another matter.
      throw error instanceof InpactError ? error : (opened.watch.failure ?? error);
    }
  } finally {
    // A context whose browser has died, or whose page hangs, is given up: the browser is replaced anyway.
    await withDeadline(context.close(), closeMs, 'Closing the page').catch(() => undefined);
  }
}

/** What is done before anything is measured. */
async function setUp({ page, probe, about }: OpenPage, order: LoadOrder): Promise<void> {
  const { scenario, environment, deadlines, url } = order;
  try {
    if (scenario.setUp !== undefined) {
      await withDeadline(scenario.setUp(about), deadlines.stepMs, 'The set-up');
    }
    if (environment.settings.cache === 'warm') {
      await page.goto(url, { waitUntil: 'load' });
      await settle(probe);
    }
    if (page.url() !== 'about:blank') await page.goto('about:blank');
  } catch (error) {
    const { code, message } = problemOf(error, 'The set-up');
    throw new LoadFailure(code, message, error);
  }
}

async function recordPage(opened: OpenPage, order: LoadOrder): Promise<RecordedLoad> {
  const { page, session, watch } = opened;
  const { deadlines, environment } = order;
  // The page's own session ends with the page, and the trace with it. Closing it is how a person may end a load.
  const recorder = recorderFor(
    order.byHand === undefined ? session : await page.browser().target().createCDPSession(),
    order,
  );
  const observer =
    order.observed === true ? new LoadObserver(await PageVitals.watch(session, deadlines.callMs)) : undefined;
  await answered(parkPointer(page), deadlines.callMs);
  await answered(throttle(page, environment.settings), deadlines.callMs);
  const host = watchHost();
  await recorder.start();
  const problems = await runPage(opened, { recorder, observer }, order);
  const pageVisible =
    watch.failure === undefined ? await isVisible(opened.probe, problems) : unavailable('page-gone');
  const { busy, steal, clockDriftMs } = host.since();
  const { dataLossOccurred, bufferUsage } = await recorder.stop();
  return {
    integrity: {
      dataLossOccurred,
      bufferUsage,
      pageVisible,
      hostBusy: busy,
      hostSteal: steal,
      clockDriftMs,
      ...watch.unasked,
    },
    problems,
    observed: observer?.load ?? null,
  };
}

/** Without a file for the trace nothing is traced, and the steps leave no marks. */
function recorderFor(session: CDPSession, { tracePath, rewriteTrace, ...order }: LoadOrder): Recorder {
  if (tracePath === undefined) return NOT_TRACED;
  const recorder = new TraceRecorder(session, {
    categoryPreset: order.environment.settings.categoryPreset,
    deadlines: order.deadlines,
    onBufferUsage: order.onBufferUsage,
    ...(rewriteTrace === undefined ? {} : { rewrite: rewriteTrace }),
  });
  return {
    start: () => recorder.start(),
    mark: (name) => recorder.mark(name),
    stop: () => recorder.stop(tracePath),
  };
}

interface Recorder {
  start(): Promise<void>;
  mark(name: string): Promise<void>;
  stop(): Promise<Pick<Integrity, 'dataLossOccurred' | 'bufferUsage'>>;
}

const NOT_TRACED: Recorder = {
  start: () => Promise.resolve(),
  mark: () => Promise.resolve(),
  stop: () =>
    Promise.resolve({ dataLossOccurred: unavailable('not-traced'), bufferUsage: unavailable('not-traced') }),
};

async function runPage(
  opened: OpenPage,
  witnesses: Witnesses,
  order: LoadOrder,
): Promise<readonly LoadProblem[]> {
  const navigated = await navigate(opened, order);
  if (navigated.length > 0) return navigated;
  await settle(opened.probe);
  if (order.byHand !== undefined) return handOver(opened, witnesses.recorder, order.byHand);
  return runSteps(opened, witnesses, order);
}

/** A page that hangs has cost its deadline already: it is not asked again. */
async function isVisible(
  probe: PageProbe,
  problems: readonly LoadProblem[],
): Promise<Integrity['pageVisible']> {
  if (problems.some(({ code }) => code === 'page-hung')) return unavailable('page-did-not-answer');
  return probe.isVisible().catch(() => unavailable('page-did-not-answer'));
}
