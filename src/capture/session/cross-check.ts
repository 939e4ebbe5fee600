import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import type { CrossCheck } from '../../result/cross-check.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import type { Variant } from '../../result/session.ts';
import { withBrowser } from '../browser/with-browser.ts';
import { loadProblem } from '../load-failure.ts';
import type { LoadOrder } from '../load/load-order.ts';
import type { ObservedLoad } from '../load/observed-load.ts';
import { runLoad } from '../load/run-load.ts';
import { compareWithPage, type TracedLoad } from './compare-with-page.ts';
import { loadOrderOf, type SessionOrder } from './session-order.ts';
import { traceFileName } from './trace-file-name.ts';

export type CrossCheckOrder = Omit<
  SessionOrder,
  'plan' | 'repetitions' | 'server' | 'hostCheck' | 'onProgress'
>;

/**
 * Loads each variant twice more, with somebody in the page who watches: once traced, so that both see the same interactions,
 * and once not. Neither load counts, since watching costs something as well.
 */
export async function crossCheck(order: CrossCheckOrder): Promise<readonly CrossCheck[]> {
  const checks: CrossCheck[] = [];
  for (const variant of order.variants) {
    checks.push(await withBrowser(order, ({ browser }) => checkVariant(browser, variant, order)));
  }
  return checks;
}

async function checkVariant(browser: Browser, variant: Variant, order: CrossCheckOrder): Promise<CrossCheck> {
  const traced = await orProblems(() => tracedLoad(browser, variant, order));
  const untraced = await orProblems(() => observed(browser, watchedOrder(variant, order)));
  return compareWithPage({
    variant: variant.name,
    steps: order.scenario.steps.map(({ name }) => name),
    traced: traced.result,
    untraced: untraced.result,
    problems: [...traced.problems, ...untraced.problems],
  });
}

async function tracedLoad(
  browser: Browser,
  variant: Variant,
  order: CrossCheckOrder,
): Promise<Watched<TracedLoad>> {
  const { folder, scenario, rewriteTrace, analyze } = order;
  const traceFile = traceFileName(new Date(), `${variant.name}-cross-check`, 0);
  const { result: page, problems } = await observed(browser, {
    ...watchedOrder(variant, order),
    tracePath: join(folder, traceFile),
    rewriteTrace,
  });
  const steps = scenario.steps.map(({ name }) => name);
  return { result: { page, ...(await analyze({ traceFile, serverTraceFile: null, steps })) }, problems };
}

const watchedOrder = (variant: Variant, order: CrossCheckOrder): LoadOrder => ({
  ...loadOrderOf(order, variant),
  repetitions: 1,
  observed: true,
  onBufferUsage: () => undefined,
});

interface Watched<T> {
  readonly result: T;
  readonly problems: readonly LoadProblem[];
}

async function observed(browser: Browser, order: LoadOrder): Promise<Watched<ObservedLoad>> {
  const { observed: result, problems } = await runLoad(browser, order);
  if (result === null) throw new Error('A load that was to be observed was not.');
  return { result, problems };
}

/** What befell a load of the check says nothing of those that count. */
async function orProblems<T>(load: () => Promise<Watched<T>>): Promise<Watched<T | null>> {
  try {
    return await load();
  } catch (error) {
    return { result: null, problems: [loadProblem(error)] };
  }
}
