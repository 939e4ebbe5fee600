import { once } from 'node:events';
import { stepMarker } from '../../base/step-marker.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import { problemOf } from '../load-failure.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ByHand } from './load-order.ts';
import type { OpenPage } from './open-page.ts';

/** What a person does until they have enough is one step: nobody says where the next begins. */
export const BY_HAND: Scenario = {
  name: 'by-hand',
  steps: [
    {
      name: 'By hand',
      description: 'What was done by hand',
      expects: 'nothing',
      run: () => Promise.reject(new Error('This step is a person’s.')),
    },
  ],
};

/** Waits until the person has finished. That they close the page is one way to say so; that it crashes is not. */
export async function handOver(
  { watch }: OpenPage,
  recorder: { mark(name: string): Promise<void> },
  { onBegin, finished }: ByHand,
): Promise<readonly LoadProblem[]> {
  await recorder.mark(stepMarker({ index: 0, repetition: 0, edge: 'begin' }));
  onBegin();
  try {
    if (!finished.aborted) await watch.whileOpen(once(finished, 'abort'));
  } catch (error) {
    if (watch.failure?.code !== 'page-closed') return [problemOf(watch.failure ?? error, 'The page')];
  }
  await recorder.mark(stepMarker({ index: 0, repetition: 0, edge: 'end' }));
  return [];
}
