import { isUnavailable, type Unavailable } from '../../src/base/measure.ts';
import type { LoopBlock, StepResult, TaskColumns } from '../../src/result/load.ts';
import type { Interaction, LongTask, NetworkRequest } from '../../src/result/trace-result.ts';
import { union, type TimeSpan } from './time-span.ts';

/** One step of one load, on a clock that starts at the interaction. All times are milliseconds. */
export interface StepTimeline {
  readonly interaction: Interaction | Unavailable;
  readonly requests: readonly RequestSpan[];
  readonly blocks: readonly LoopBlock[] | Unavailable;
  /** How long the server's loop was blocked while the step's request waited. */
  readonly blockedMs: number | undefined;
  /** How much of that nothing of the loop's own was seen to run: the machine, or Python's lock, kept it from turning. */
  readonly starvedMs: number;
  readonly tasks: TaskColumns;
  readonly longTasks: readonly LongTask[];
  readonly paints: readonly PaintMark[];
  /** The whole step, and anything that outlasts it. */
  readonly extent: TimeSpan;
  /** Where there is something to see: what a chart shows first. */
  readonly eventful: TimeSpan;
}

export interface RequestSpan extends TimeSpan {
  readonly request: NetworkRequest;
  /** Where the wait for the headers ends and the download begins. */
  readonly responseMs: number;
  /** When the main thread got to the response. */
  readonly handledMs: number | undefined;
  /** False where the recording does not say when it ended. */
  readonly finished: boolean;
}

export interface PaintMark {
  readonly atMs: number;
  /** ICP itself: what the label says. */
  readonly waitMs: number;
  readonly kind: 'first' | 'result';
}

export function stepTimeline(result: StepResult): StepTimeline {
  const { interaction, serverLoop } = result;
  const zero = isUnavailable(interaction) ? result.startMs : interaction.startMs;
  const moved = <T extends { readonly startMs: number }>(thing: T): T => ({
    ...thing,
    startMs: thing.startMs - zero,
  });
  const step: TimeSpan = { startMs: result.startMs - zero, endMs: result.endMs - zero };
  const parts = {
    interaction: isUnavailable(interaction) ? interaction : moved(interaction),
    requests: result.requests.map((request) => requestSpan(request, zero, step.endMs)),
    blocks: isUnavailable(serverLoop) ? serverLoop : serverLoop.blocks.map(moved),
    longTasks: result.longTasks.tasks.map(moved),
    paints: paintMarks(interaction),
  };
  const eventful = eventfulSpan(parts) ?? step;
  return {
    ...parts,
    blockedMs: blockedMs(result),
    starvedMs: starvedMs(result),
    tasks: { ...result.tasks, startMs: result.tasks.startMs.map((startMs) => startMs - zero) },
    eventful,
    extent: union([step, eventful]),
  };
}

export function requestSpan(request: NetworkRequest, zero: number, stepEndMs: number): RequestSpan {
  const at = (measure: number | Unavailable): number | undefined =>
    isUnavailable(measure) ? undefined : measure - zero;
  const startMs = request.startMs - zero;
  const endMs = at(request.endMs);
  const lastKnownMs = endMs ?? Math.max(stepEndMs, startMs);
  const responseMs = at(request.responseStartMs) ?? lastKnownMs;
  return {
    request,
    startMs,
    responseMs,
    endMs: Math.max(lastKnownMs, responseMs),
    handledMs: at(request.responseEventMs),
    finished: endMs !== undefined,
  };
}

function paintMarks(interaction: Interaction | Unavailable): readonly PaintMark[] {
  if (isUnavailable(interaction)) return [];
  const { startMs, icpStartMs, icpMs, icpFirstMs } = interaction;
  if (isUnavailable(icpStartMs) || isUnavailable(icpMs)) return [];
  // The chart's clock starts at the interaction's first event, ICP at the click, which a finger may hold back for long.
  const heldMs = icpStartMs - startMs;
  const result: PaintMark = { atMs: heldMs + icpMs, waitMs: icpMs, kind: 'result' };
  if (isUnavailable(icpFirstMs) || icpFirstMs === icpMs) return [result];
  return [{ atMs: heldMs + icpFirstMs, waitMs: icpFirstMs, kind: 'first' }, result];
}

function blockedMs({ serverLoop }: StepResult): number | undefined {
  if (isUnavailable(serverLoop) || isUnavailable(serverLoop.blockedDuringRequestMs)) return undefined;
  return serverLoop.blockedDuringRequestMs;
}

/** Each finding is of one request: those that waited at once waited for the same loop. */
const starvedMs = ({ findings }: StepResult): number =>
  Math.max(
    0,
    ...findings.filter(({ id }) => id === 'server-loop-starved').map(({ explainsMs }) => explainsMs),
  );

type Parts = Pick<StepTimeline, 'interaction' | 'requests' | 'blocks' | 'longTasks' | 'paints'>;

/** From the input to the end of all that is drawn, with air on both sides for the labels. */
function eventfulSpan({ interaction, requests, blocks, longTasks, paints }: Parts): TimeSpan | undefined {
  const ends = [
    ...(isUnavailable(interaction) ? [] : [interaction.durationMs]),
    ...requests.filter(({ finished }) => finished).map(({ endMs }) => endMs),
    ...(isUnavailable(blocks) ? [] : blocks.map(endOf)),
    ...longTasks.map(endOf),
    ...paints.map(({ atMs }) => atMs),
  ];
  if (ends.length === 0) return undefined;
  const endMs = Math.max(20, ...ends);
  return { startMs: -0.06 * endMs, endMs: 1.14 * endMs };
}

const endOf = ({ startMs, durationMs }: { readonly startMs: number; readonly durationMs: number }): number =>
  startMs + durationMs;
