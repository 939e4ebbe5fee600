import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from 'puppeteer-core';
import { answered } from '../answered.ts';
import { applyEnvironment } from '../environment/page-environment.ts';
import { PageProbe } from '../page/page-probe.ts';
import { PageRequests } from '../page/page-requests.ts';
import { PageWatch } from '../page/page-watch.ts';
import { userOf } from '../page/user.ts';
import type { SetUpContext } from '../scenario/scenario.ts';
import type { LoadOrder } from './load-order.ts';

/** A page that is open, and what a load needs of it. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly session: CDPSession;
  readonly watch: PageWatch;
  readonly probe: PageProbe;
  readonly requests: PageRequests;
  readonly about: SetUpContext;
}

/** Gives a fresh page its surroundings, and somebody who watches it. */
export async function openPage(page: Page, context: BrowserContext, order: LoadOrder): Promise<OpenPage> {
  const { deadlines, variant, url, environment } = order;
  page.setDefaultTimeout(deadlines.stepMs);
  page.setDefaultNavigationTimeout(deadlines.navigationMs);
  const session = await answered(page.createCDPSession(), deadlines.callMs);
  // For the events of downloads.
  await answered(session.send('Page.enable'), deadlines.callMs);
  const watch = new PageWatch(page, session);
  const probe = new PageProbe(session, deadlines);
  const requests = new PageRequests(page);
  await answered(applyEnvironment(page, context, environment), deadlines.callMs);
  if (order.injected !== undefined) {
    await answered(page.evaluateOnNewDocument(order.injected), deadlines.callMs);
  }
  const user = userOf({ page, probe, deadlines });
  return { page, context, session, watch, probe, requests, about: { page, user, variant, url } };
}

/** Late paints must still be traced. */
const SETTLE_MS = 100;

export async function settle(probe: PageProbe): Promise<void> {
  await probe.nextFrames();
  await delay(SETTLE_MS);
}

/** A request that is never answered, such as a long poll, may take so much of a step's time. */
const MOST_ANSWER_MS = 10_000;

/**
 * Waits also for what a step has asked its servers for, so that the paint of the result belongs to the step, and what it leaves behind
 * does not fall into the next. An answer may lead to a further request.
 * @param before What was under way when the step began.
 */
export async function settleStep(
  { probe, requests }: Pick<OpenPage, 'probe' | 'requests'>,
  before: ReadonlySet<unknown>,
  stepMs: number,
): Promise<void> {
  const time = AbortSignal.timeout(Math.min(MOST_ANSWER_MS, stepMs / 2));
  do {
    await requests.untilNoOthersThan(before, time);
    await settle(probe);
  } while (!time.aborted && requests.hasOthersThan(before));
}
