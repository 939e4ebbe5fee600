import { describe, expect, test } from 'vitest';
import { drawnLoads } from '../../src/result/summary/drawn-loads.ts';
import { stepRuns, typicalRun } from '../../src/result/summary/step-runs.ts';
import { answeredStep } from '../../src/result/words/answer.ts';
import { traceResult } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';

const session = sampleSession();

describe('the timelines in a report', () => {
  test('are of each variant the typical run of the step that the answer is about', () => {
    const step = answeredStep(session) ?? '';
    // It is not the first step, which would be taken without an answer.
    expect(step).not.toBe(session.scenario.steps[0]?.name);
    expect(drawnLoads(session)).toEqual(
      session.variants.map(({ name }) => typicalRun(stepRuns(session, name, step))?.load),
    );
    expect(drawnLoads(session).map(({ variant }) => variant)).toEqual(['sync-backed', 'async-backed']);
  });

  test('are of any load with a trace where none recorded the step', () => {
    const loads = session.loads.map((load) => ({
      ...load,
      steps: [],
      trace: load.round === 3 && load.variant === 'sync-backed' ? traceResult() : null,
    }));
    expect(drawnLoads({ ...session, loads }).map(({ variant, round }) => [variant, round])).toEqual([
      ['sync-backed', 3],
    ]);
  });
});
