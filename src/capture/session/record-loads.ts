import type { LoadProblemCode } from '../../result/load-problems.ts';
import type { Load } from '../../result/load.ts';
import type { OpenBrowser } from '../browser/browser.ts';
import { recordLoad } from './record-load.ts';
import type { SessionOrder } from './session-order.ts';

/**
 * Records the planned loads one after the other, never two at a time: they would measure each other. A load that goes
 * wrong is kept, named and never repeated into the same sample.
 */
export async function* recordLoads(order: SessionOrder): AsyncIterable<Load> {
  let open: OpenBrowser | undefined;
  let ending: Promise<void> | undefined;
  // Once: a browser that is asked again while it ends is killed, and leaves its files behind.
  const stop = (): void => {
    if (open !== undefined) ending ??= open.end();
  };
  order.signal.addEventListener('abort', stop, { once: true });
  try {
    for (const [index, planned] of order.plan.entries()) {
      order.signal.throwIfAborted();
      open ??= await order.launch();
      // While it started there was nothing to stop.
      order.signal.throwIfAborted();
      order.onProgress({ kind: 'load-started', load: planned, index, total: order.plan.length });
      const load = await recordLoad(open, planned, index, order);
      order.signal.throwIfAborted();
      yield load;
      // Only now: whoever took the load has put it where it lasts.
      order.onProgress({ kind: 'load-done', load, index, total: order.plan.length });
      // An interruption meanwhile ends the browser itself.
      order.signal.throwIfAborted();
      if (isSpent(open, load)) {
        await open.end(load.problems.some(({ code }) => code === 'browser-hung'));
        open = undefined;
      }
    }
  } finally {
    order.signal.removeEventListener('abort', stop);
    stop();
    await ending;
  }
}

/** Whether the next load needs a new browser: the old one has gone, or something in it still runs wild. */
const isSpent = ({ browser }: OpenBrowser, { problems }: Load): boolean =>
  !browser.connected || problems.some(({ code }) => SPENT.has(code));

const SPENT: ReadonlySet<LoadProblemCode> = new Set([
  'browser-failed',
  'browser-hung',
  'page-hung',
  'page-crashed',
  'step-timeout',
]);
