import { isUnavailable } from '../../base/measure.ts';
import type { Load, StepResult } from '../load.ts';
import type { Session } from '../session.ts';

/** A load that recorded the step, and what the step measured in it. */
export interface StepRun {
  readonly load: Load;
  readonly result: StepResult;
}

/** Loads that count: valid, and no warm-up. */
export const countedLoads = (session: Session, variant: string): readonly Load[] =>
  session.loads.filter((load) => load.variant === variant && load.status === 'valid' && !load.warmUp);

/** Every load of the variant that recorded the step, warm-ups and invalid ones too, in the order of the rounds. */
export function stepRuns(session: Session, variant: string, step: string): readonly StepRun[] {
  return session.loads
    .filter((load) => load.variant === variant)
    .toSorted((a, b) => a.round - b.round)
    .flatMap((load) =>
      load.steps.filter((result) => result.step === step).map((result) => ({ load, result })),
    );
}

/** The counted run whose ICP, else INP, is the median: the one to look at first. Else any run that there is. */
export function typicalRun(runs: readonly StepRun[]): StepRun | undefined {
  const counted = runs.filter(({ load }) => load.status === 'valid' && !load.warmUp);
  return middle(counted, icpOf) ?? middle(counted, inpOf) ?? counted[0] ?? runs[0];
}

export const inpOf = ({ result: { interaction } }: StepRun): number | undefined =>
  isUnavailable(interaction) ? undefined : interaction.durationMs;

export function icpOf({ result: { interaction } }: StepRun): number | undefined {
  if (isUnavailable(interaction) || isUnavailable(interaction.icpMs)) return undefined;
  return interaction.icpMs;
}

/** Of an even number of runs the lower middle one: a run to look at must be a run that happened. */
function middle(runs: readonly StepRun[], read: (run: StepRun) => number | undefined): StepRun | undefined {
  const measured = runs.flatMap((run) => {
    const value = read(run);
    return value === undefined ? [] : [{ run, value }];
  });
  return measured.toSorted((a, b) => a.value - b.value)[(measured.length - 1) >> 1]?.run;
}
