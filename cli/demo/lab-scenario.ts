import { setTimeout as delay } from 'node:timers/promises';
import type { BackgroundLoad, Lab } from '../../fixtures/lab/start-lab.ts';
import { defineScenario, type Scenario, type Step } from '../../src/capture/scenario/define-scenario.ts';

export const SYNC_BACKED = 'sync-backed';
export const ASYNC_BACKED = 'async-backed';

/** How many requests of other visitors the busy server has to serve at any time. */
const OTHER_VISITORS = 2;

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** The lab's page, used with the server idle, and with other visitors' reports in its queue. */
export function labScenario(lab: Lab): Scenario {
  const report = `${lab.queryMs.toFixed(0)} ms report`;
  return defineScenario({
    name: 'lab',
    steps: [
      press('fetch-report', `Click that fetches a ${report}, server idle`),
      amongOthers(lab, press('fetch-light', 'Click that fetches one row, server busy with other visitors')),
      press('xhr-report', `Click that asks for a ${report} by synchronous XHR, server idle`),
      amongOthers(lab, press('xhr-light', 'Click that asks for one row by synchronous XHR, server busy')),
      press('heavy-handler', 'Click whose response handler computes for 120 ms, server idle'),
    ],
  });
}

/** Clicks a button of the page, and waits until its result is in the document. */
function press(button: string, description: string): Step {
  return {
    name: button,
    description,
    expects: 'interaction',
    async run({ page, user, repetition }) {
      await user.click(`#${button}`);
      await page.waitForSelector(`html[data-done="${button}:${String(repetition + 1)}"]`);
    },
  };
}

/** Whoever clicks knows nothing of the server's queue: over the loads, the clicks meet its queries at every stage. */
function amongOthers(lab: Lab, step: Step): Step {
  let others: BackgroundLoad | undefined;
  let loads = 0;
  return {
    ...step,
    name: `${step.name}-busy`,
    async prepare({ variant }) {
      others = await lab.hold(variant === SYNC_BACKED ? 'sync' : 'async', OTHER_VISITORS);
      // Multiples of the golden ratio, cut to their fractions, cover the interval evenly, however many there are.
      loads += 1;
      await delay(lab.queryMs * ((loads * GOLDEN_RATIO) % 1));
    },
    async cleanUp() {
      await others?.release();
    },
  };
}
