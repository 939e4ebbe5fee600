import { isUnavailable } from '../../src/base/measure.ts';
import { stepRuns, type StepRun } from '../../src/result/summary/step-runs.ts';
import type { Session } from '../../src/result/session.ts';
import { runLabel } from './run-label.ts';
import { stepTimeline } from './step-timeline.ts';

export type BandKind = 'wait' | 'interaction' | 'loop-blocked' | 'long-task';

/** A stretch of a run, as shares of the widest run's length. */
export interface RunBand {
  readonly kind: BandKind;
  readonly from: number;
  readonly to: number;
}

/** One run of a step, aligned with all others at the input. */
export interface RunRow {
  readonly variant: string;
  /** As it is called everywhere. */
  readonly run: string;
  /** False for a warm-up or an invalid load, which is in no figure. */
  readonly counts: boolean;
  /** Undefined where there was no interaction, or nothing was painted. */
  readonly inpMs: number | undefined;
  readonly icpMs: number | undefined;
  readonly bands: readonly RunBand[];
}

interface Stretch {
  readonly kind: BandKind;
  readonly startMs: number;
  readonly endMs: number;
}

/** Every run of every variant on one scale, so that the one that is unlike the others is seen to be. */
export function runRows(
  session: Session,
  step: string,
): { readonly rows: readonly RunRow[]; readonly maxMs: number } {
  const runs = session.variants.flatMap(({ name }) => stepRuns(session, name, step));
  const drawn = runs.map((run) => ({ run, stretches: stretchesOf(run) }));
  const maxMs = Math.max(1, ...drawn.flatMap(({ stretches }) => stretches.map(({ endMs }) => endMs)));
  const share = (ms: number): number => Math.min(Math.max(ms / maxMs, 0), 1);
  return {
    maxMs,
    rows: drawn.map(({ run, stretches }) => ({
      variant: run.load.variant,
      run: runLabel(session.loads, run.load),
      counts: run.load.status === 'valid' && !run.load.warmUp,
      ...waitsOf(run),
      bands: stretches.map(({ kind, startMs, endMs }) => ({ kind, from: share(startMs), to: share(endMs) })),
    })),
  };
}

function waitsOf({ result: { interaction } }: StepRun): Pick<RunRow, 'inpMs' | 'icpMs'> {
  if (isUnavailable(interaction)) return { inpMs: undefined, icpMs: undefined };
  const { durationMs, icpMs } = interaction;
  return { inpMs: durationMs, icpMs: isUnavailable(icpMs) ? undefined : icpMs };
}

/** In milliseconds from the input. What the server and the main thread did counts as long as the user waited. */
function stretchesOf({ result }: StepRun): readonly Stretch[] {
  const { interaction, paints, blocks, longTasks } = stepTimeline(result);
  if (isUnavailable(interaction)) return [];
  const endMs = Math.max(interaction.durationMs, ...paints.map(({ atMs }) => atMs));
  const cut = (kind: BandKind, startMs: number, durationMs: number): readonly Stretch[] => {
    const own = { kind, startMs: Math.max(0, startMs), endMs: Math.min(endMs, startMs + durationMs) };
    return own.endMs > own.startMs ? [own] : [];
  };
  return [
    { kind: 'wait', startMs: 0, endMs },
    { kind: 'interaction', startMs: 0, endMs: interaction.durationMs },
    ...(isUnavailable(blocks)
      ? []
      : blocks.flatMap((block) => cut('loop-blocked', block.startMs, block.durationMs))),
    ...longTasks.flatMap((task) => cut('long-task', task.startMs, task.durationMs)),
  ];
}
