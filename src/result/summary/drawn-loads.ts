import type { Load } from '../load.ts';
import { answeredStep } from '../words/answer.ts';
import type { Session } from '../session.ts';
import { stepRuns, typicalRun } from './step-runs.ts';

/** The loads whose whole timeline a report shows: of each variant the one whose run of the answer's step is the typical one. */
export function drawnLoads(session: Session): readonly Load[] {
  const step = answeredStep(session) ?? session.scenario.steps[0]?.name;
  return session.variants.flatMap(({ name }) => {
    const run = step === undefined ? undefined : typicalRun(stepRuns(session, name, step));
    const any = session.loads.find(({ variant, trace }) => variant === name && trace !== null);
    return run?.load ?? any ?? [];
  });
}
