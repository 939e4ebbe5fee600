import { unavailable } from '../../src/base/measure.ts';
import type { LoopBlock, ServerLoop, StepResult, TaskColumns } from '../../src/result/load.ts';
import type { Interaction, LongTask, LongTasks, NetworkRequest } from '../../src/result/trace-result.ts';
import { NO_FINDINGS } from './sample-findings.ts';
import { NO_INTERACTION_DETAILS, NO_REQUEST_DETAILS } from './sample-causes.ts';

/** How a step goes for one variant, in milliseconds before jitter. */
export interface Course {
  readonly processing: number;
  /** The handler's time on the processor. The rest of `processing` is waiting. */
  readonly cpu: number;
  readonly icp: number;
  /** From the request to the response's headers. 0 where the step sends none. */
  readonly wait: number;
  readonly loopBlocked: number;
}

export interface Circumstances {
  readonly step: string;
  readonly startMs: number;
  readonly course: Course;
  /** What this load adds to every wait, in milliseconds. */
  readonly late: number;
  readonly random: () => number;
}

type Task = Omit<LongTask, 'blockingMs' | 'cpuMs'> & { readonly cpuMs: number };

const SMALL_TASKS = 300;

export function sampleStep({ step, startMs, course, late, random }: Circumstances): StepResult {
  const blocksPage = course.processing > 50;
  const interaction = sampleInteraction({ startMs: startMs + 40, course, late, random });
  const handler: Task = {
    startMs: rounded(interaction.startMs + interaction.inputDelayMs),
    durationMs: interaction.processingDurationMs,
    cpuMs: rounded(course.cpu * (0.95 + random() * 0.05)),
  };
  const wait = course.wait + (blocksPage ? 0 : late);
  const blocked = course.loopBlocked === 0 ? 0 : course.loopBlocked + (blocksPage ? 0 : late);
  const tasks = withSmallTasks(startMs, handler, random);
  return {
    step,
    repetition: 0,
    startMs,
    endMs: startMs + 1200,
    interaction: { ...interaction, cpuMs: cpuWithin(tasks, interaction) },
    longTasks: longTasksOf(tasks),
    requests: course.wait === 0 ? [] : [sampleRequest(step, handler.startMs + 1, wait)],
    serverLoop: sampleLoop(course, { startMs: rounded(handler.startMs + 3), durationMs: rounded(blocked) }),
    ...NO_FINDINGS,
    tasks: columnsOf(tasks),
  };
}

function sampleInteraction(circumstances: Omit<Circumstances, 'step'>): Interaction {
  const { startMs, course, late, random } = circumstances;
  const blocksPage = course.processing > 50;
  const inputDelayMs = rounded(0.6 + random());
  const processingDurationMs = rounded(
    course.processing * (0.98 + random() * 0.05) + (blocksPage ? late / 3 : 0),
  );
  const presentationDelayMs = rounded((blocksPage ? 3 : 11) + random() * 5);
  const durationMs = rounded(inputDelayMs + processingDurationMs + presentationDelayMs);
  const icpMs = Math.max(durationMs, rounded(course.icp + late));
  return {
    interactionId: Math.round(startMs),
    pid: 1,
    tid: 1,
    type: 'click',
    startMs,
    durationMs,
    inputDelayMs,
    processingDurationMs,
    presentationDelayMs,
    icpSource: 'contentful-paint',
    icpStartMs: startMs,
    icpMs,
    icpFirstMs: icpMs,
    ...NO_INTERACTION_DETAILS,
    roundedDurationMs: Math.round(durationMs / 8) * 8,
  };
}

function sampleRequest(step: string, startMs: number, wait: number): NetworkRequest {
  const responseStartMs = rounded(startMs + wait);
  return {
    url: `http://127.0.0.1:4001/api/report?step=${step}`,
    method: 'GET',
    status: 200,
    startMs: rounded(startMs),
    responseStartMs,
    endMs: rounded(responseStartMs + 3.4),
    responseEventMs: rounded(responseStartMs + 4.2),
    ...NO_REQUEST_DETAILS,
    serverTiming: [
      { name: 'queue', durationMs: rounded(wait * 0.48), description: 'waited for the event loop' },
      { name: 'db', durationMs: rounded(wait * 0.5), description: '' },
    ],
  };
}

function sampleLoop(course: Course, block: Pick<LoopBlock, 'startMs' | 'durationMs'>): ServerLoop {
  if (course.wait === 0) return { blockedDuringRequestMs: unavailable('no-request'), blocks: [] };
  if (block.durationMs === 0) return { blockedDuringRequestMs: 0, blocks: [] };
  const cpuMs = rounded(block.durationMs * 0.97);
  const named: LoopBlock = { ...block, name: 'SELECT … FROM orders', cpuMs, starved: false };
  return { blockedDuringRequestMs: block.durationMs, blocks: [named] };
}

/** Small tasks all along the step, except while the handler runs. */
function withSmallTasks(stepStartMs: number, handler: Task, random: () => number): readonly Task[] {
  const small = Array.from({ length: SMALL_TASKS }, (_, index): Task => {
    const durationMs = rounded(0.02 + random() ** 6 * 1.6);
    return { startMs: rounded(stepStartMs + index * 4), durationMs, cpuMs: rounded(durationMs * 0.9) };
  });
  const beside = small.filter(
    ({ startMs, durationMs }) =>
      startMs + durationMs < handler.startMs || startMs > handler.startMs + handler.durationMs,
  );
  return [...beside, handler].toSorted((a, b) => a.startMs - b.startMs);
}

function cpuWithin(tasks: readonly Task[], { startMs, durationMs }: Interaction): number {
  const end = startMs + durationMs;
  return tasks.reduce((sum, task) => {
    const within = Math.min(end, task.startMs + task.durationMs) - Math.max(startMs, task.startMs);
    return sum + Math.max(0, within / task.durationMs) * task.cpuMs;
  }, 0);
}

const columnsOf = (tasks: readonly Task[]): TaskColumns => ({
  startMs: tasks.map(({ startMs }) => startMs),
  durationMs: tasks.map(({ durationMs }) => durationMs),
  cpuMs: tasks.map(({ cpuMs }) => cpuMs),
});

export function longTasksOf(tasks: readonly Omit<LongTask, 'blockingMs'>[]): LongTasks {
  const long = tasks
    .filter(({ durationMs }) => durationMs > 50)
    .map(({ startMs, durationMs, cpuMs }) => ({
      startMs,
      durationMs,
      cpuMs,
      blockingMs: rounded(durationMs - 50),
    }));
  return {
    count: long.length,
    totalBlockingTimeMs: rounded(long.reduce((sum, { blockingMs }) => sum + blockingMs, 0)),
    longestMs: Math.max(...tasks.map(({ durationMs }) => durationMs)),
    tasks: long,
  };
}

/** To the microsecond, as the session's times are. */
export const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
