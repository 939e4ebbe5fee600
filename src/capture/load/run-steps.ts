import { setTimeout as delay } from 'node:timers/promises';
import { stepMarker } from '../../base/step-marker.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import { withDeadline } from '../deadline.ts';
import type { Deadlines } from '../deadlines.ts';
import { problemOf } from '../load-failure.ts';
import type { Step, StepContext } from '../scenario/scenario.ts';
import type { LoadOrder } from './load-order.ts';
import type { LoadObserver } from './observed-load.ts';
import { type OpenPage, settleStep } from './open-page.ts';

/** Who is told of the steps: the trace, and whoever watches in the page. */
export interface Witnesses {
  readonly recorder: { mark(name: string): Promise<void> };
  readonly observer: LoadObserver | undefined;
}

/** Runs the steps in order. The first that fails ends the load: the page is then in a state that nobody planned. */
export async function runSteps(
  opened: OpenPage,
  { recorder, observer }: Witnesses,
  { scenario, repetitions, deadlines }: LoadOrder,
): Promise<readonly LoadProblem[]> {
  for (const [index, step] of scenario.steps.entries()) {
    try {
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const mark = (edge: 'begin' | 'end'): Promise<void> =>
          recorder.mark(stepMarker({ index, repetition, edge }));
        await runStep(step, opened, { repetition, deadlines, mark });
        await observer?.stepDone(step.name, repetition);
      }
    } catch (error) {
      // That the page has gone comes first, though Chrome may tell it later: that the step failed follows from it.
      await delay(GONE_MS);
      // On a busy machine later still; one that answers has not.
      await opened.watch.whileOpen(opened.probe.answers()).catch(() => undefined);
      return [problemOf(opened.watch.failure ?? error, `The step “${step.name}”`)];
    }
  }
  return [];
}

/** How long Chrome may take to say that a page has crashed, after a call has failed for it. */
const GONE_MS = 250;

interface Course {
  readonly repetition: number;
  readonly deadlines: Deadlines;
  readonly mark: (edge: 'begin' | 'end') => Promise<void>;
}

async function runStep(step: Step, opened: OpenPage, course: Course): Promise<void> {
  const { repetition, deadlines, mark } = course;
  const context: StepContext = { ...opened.about, repetition };
  const within = (work: void | Promise<void>): Promise<void> =>
    guarded(opened, deadlines, withDeadline(work, deadlines.stepMs, `The step “${step.name}”`));
  try {
    if (step.prepare !== undefined) await within(step.prepare(context));
    const before = opened.requests.underWay();
    await mark('begin');
    await within(step.run(context));
    await within(settleStep(opened, before, deadlines.stepMs));
    await mark('end');
  } finally {
    if (step.cleanUp !== undefined) {
      await withDeadline(step.cleanUp(context), deadlines.stepMs, `Cleaning up after “${step.name}”`);
    }
  }
}

/** Waits for work on the page, but not on when that has gone or hangs. */
async function guarded(
  { watch, probe }: OpenPage,
  { probeAfterMs }: Deadlines,
  work: Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const untilHung = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await delay(probeAfterMs, undefined, { signal: over.signal });
      await probe.answers();
    }
  };
  const hung = untilHung();
  hung.catch(() => undefined);
  try {
    await watch.whileOpen(Promise.race([work, hung]));
  } finally {
    over.abort();
    work.catch(() => undefined);
  }
}
