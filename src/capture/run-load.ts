import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { InpactError } from '../base/errors.ts';
import { type Unavailable, unavailable } from '../base/measure.ts';
import { stepMarker } from '../base/step-marker.ts';
import type { Integrity, LoadProblem } from '../result/session.ts';
import { whileConnected } from './browser.ts';
import { withDeadline } from './deadline.ts';
import { watchHost } from './host-load.ts';
import { problemOf, watchPage } from './page-faults.ts';
import type { Scenario, Step, StepContext } from './scenario.ts';
import { TraceRecorder } from './trace-recorder.ts';
import { nextFrames, parkPointer, userOf } from './user.ts';

/** Navigation, and each step with what it waits for. */
const STEP_DEADLINE_MS = 30_000;
/** Late paints must still be traced, and what one step leaves behind must not fall into the next. */
const SETTLE_MS = 100;
const CLOSE_DEADLINE_MS = 10_000;
/** After the last step. A page that hangs has cost that step's deadline already. */
const VISIBLE_DEADLINE_MS = 10_000;

export interface LoadOrder {
  readonly scenario: Scenario;
  readonly variant: string;
  readonly url: string;
  /** How often to run each step, one after the other. */
  readonly repetitions: number;
  /** Where to write the gzipped trace. */
  readonly tracePath: string;
  readonly onBufferUsage: (usage: number) => void;
}

export interface RecordedLoad {
  readonly integrity: Integrity;
  /** What went wrong while recording. Steps that did not run leave no marker in the trace. */
  readonly problems: readonly LoadProblem[];
}

/**
 * Loads the page in a fresh browser context and runs the scenario's steps under a trace.
 * @throws {InpactError} `server-unreachable` if the page's server does not answer at all.
 */
export async function runLoad(browser: Browser, order: LoadOrder): Promise<RecordedLoad> {
  const context = await whileConnected(browser, browser.createBrowserContext());
  try {
    const page = await whileConnected(browser, context.newPage());
    page.setDefaultTimeout(STEP_DEADLINE_MS);
    return await recordPage(page, order);
  } finally {
    await close(context);
  }
}

async function recordPage(page: Page, order: LoadOrder): Promise<RecordedLoad> {
  const faults = watchPage(page);
  const recorder = new TraceRecorder(await page.createCDPSession(), order.onBufferUsage);
  await parkPointer(page);
  const host = watchHost();
  await recorder.start();

  const navigated = await navigate(page, order.url);
  const stepProblems = navigated.length > 0 ? [] : await runSteps(page, recorder, order);
  const isCrashed = faults.problems().length > 0;
  const pageVisible = isCrashed ? unavailable('page-crashed') : await isVisible(page);
  const hostBusy = host.busy();
  const { dataLossOccurred, bufferUsage } = await recorder.stop(order.tracePath);
  return {
    integrity: { dataLossOccurred, bufferUsage, pageVisible, hostBusy, dialogs: faults.dialogs() },
    // A crash first: that the step failed follows from it.
    problems: [...faults.problems(), ...navigated, ...stepProblems],
  };
}

async function navigate(page: Page, url: string): Promise<readonly LoadProblem[]> {
  try {
    const response = await whileConnected(page.browser(), page.goto(url, { waitUntil: 'load' }));
    await settle(page);
    const status = response?.status() ?? 0;
    if (status < 400) return [];
    return [
      { code: 'page-error-status', message: `The server answered ${String(status)} to the page's address.` },
    ];
  } catch (error) {
    if (error instanceof Error && /net::ERR_(CONNECTION|NAME|ADDRESS|INTERNET)/.test(error.message)) {
      throw serverUnreachable(url, error);
    }
    return [problemOf(error, 'Loading the page')];
  }
}

const serverUnreachable = (url: string, cause: Error): InpactError =>
  new InpactError(
    'server-unreachable',
    `Nothing answers at ${url} (${cause.message.split(' at ')[0] ?? ''})`,
    {
      hint: 'Start the server first, and check host and port.',
      cause,
    },
  );

/** Runs the steps in order. The first that fails ends the load: the page is then in a state that nobody planned. */
async function runSteps(
  page: Page,
  recorder: TraceRecorder,
  { scenario, variant, repetitions }: LoadOrder,
): Promise<readonly LoadProblem[]> {
  const user = userOf(page);
  for (const [index, step] of scenario.steps.entries()) {
    try {
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const context: StepContext = { page, user, variant, repetition };
        await runStep(step, context, (edge) => recorder.mark(stepMarker({ index, repetition, edge })));
      }
    } catch (error) {
      return [problemOf(error, `The step “${step.name}”`)];
    }
  }
  return [];
}

async function runStep(
  step: Step,
  context: StepContext,
  mark: (edge: 'begin' | 'end') => Promise<void>,
): Promise<void> {
  const within = (work: Promise<void>): Promise<void> => withDeadline(work, STEP_DEADLINE_MS, step.name);
  const onPage = (work: Promise<void>): Promise<void> => whileConnected(context.page.browser(), within(work));
  try {
    if (step.prepare !== undefined) await onPage(step.prepare(context));
    await mark('begin');
    await onPage(step.run(context));
    await onPage(settle(context.page));
    await mark('end');
  } finally {
    if (step.cleanUp !== undefined) await within(step.cleanUp(context));
  }
}

async function settle(page: Page): Promise<void> {
  await nextFrames(page);
  await delay(SETTLE_MS);
}

async function isVisible(page: Page): Promise<boolean | Unavailable> {
  try {
    const state = page.evaluate('document.visibilityState');
    return (await withDeadline(state, VISIBLE_DEADLINE_MS, 'Asking the page')) === 'visible';
  } catch {
    return unavailable('page-did-not-answer');
  }
}

/** A context whose browser has died, or whose page hangs, is given up: the browser is closed or replaced anyway. */
async function close(context: BrowserContext): Promise<void> {
  await withDeadline(context.close(), CLOSE_DEADLINE_MS, 'Closing the page').catch(() => undefined);
}
