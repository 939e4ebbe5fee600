import { isUnavailable } from '../../src/base/measure.ts';
import type { LoopBlock } from '../../src/result/load.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { LONG_TASK_MS, wasWaiting } from './figure-rows.ts';
import { ms, msOrReason, percent } from './format.ts';
import type { RequestSpan } from './step-timeline.ts';
import type { Task } from './task-boxes.ts';

/** What a mark says about itself when it is pointed at. */
export interface Card {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly note?: string;
}

export function taskCard({ startMs, durationMs, cpuMs }: Task): Card {
  const facts: Card['facts'] = [
    ['Start', ms(startMs)],
    ['Wall', ms(durationMs)],
    [
      'CPU',
      cpuMs < 0 ? 'not recorded' : `${ms(cpuMs)} (${percent(durationMs === 0 ? 1 : cpuMs / durationMs)})`,
    ],
  ];
  if (durationMs <= LONG_TASK_MS) return { title: 'Main-thread task', facts };
  const long: Card = {
    title: 'Long task',
    facts: [...facts, ['Blocking', `${ms(durationMs - LONG_TASK_MS)} over ${ms(LONG_TASK_MS)}`]],
  };
  if (!wasWaiting(durationMs, cpuMs)) return long;
  return { ...long, note: `Waiting, not working: ${ms(durationMs - cpuMs)} of it used no processor.` };
}

export function interactionCard(interaction: Interaction): Card {
  return {
    title: `Interaction: ${interaction.type}`,
    facts: [
      ['INP', ms(interaction.durationMs)],
      ['Input delay', ms(interaction.inputDelayMs)],
      ['Processing', ms(interaction.processingDurationMs)],
      ['Presentation delay', ms(interaction.presentationDelayMs)],
      // A page's own mark says nothing of what was painted when.
      ...(interaction.icpSource === 'user-mark'
        ? [['Result marked by the page (ICP)', msOrReason(interaction.icpMs)] as const]
        : [
            ['First change painted', msOrReason(interaction.icpFirstMs)] as const,
            ['Result painted (ICP)', msOrReason(interaction.icpMs)] as const,
          ]),
    ],
  };
}

export function requestCard({ request, startMs, responseMs, endMs, handledMs, finished }: RequestSpan): Card {
  const answered = !isUnavailable(request.responseStartMs);
  return {
    title: `${request.method} ${request.url}`,
    facts: [
      ['Status', isUnavailable(request.status) ? msOrReason(request.status) : String(request.status)],
      ['Sent', ms(startMs)],
      ['Waited for headers', answered ? ms(responseMs - startMs) : msOrReason(request.responseStartMs)],
      ['Download', finished && answered ? ms(endMs - responseMs) : msOrReason(request.endMs)],
      ...(handledMs === undefined ? [] : [['Main thread got to it', ms(handledMs)] as const]),
      ...request.serverTiming.map(
        ({ name, durationMs, description }) =>
          [
            `Server: ${name}`,
            description === '' ? ms(durationMs) : `${ms(durationMs)}, ${description}`,
          ] as const,
      ),
    ],
  };
}

export function blockCard({ startMs, durationMs, name, cpuMs, starved }: LoopBlock): Card {
  return {
    title: starved ? 'Server’s event loop could not run' : 'Server’s event loop blocked',
    facts: [
      ['By', name],
      ['Start', ms(startMs)],
      ['For', ms(durationMs)],
      ['On the processor', msOrReason(cpuMs)],
    ],
    note: 'While it lasts the server answers nobody.',
  };
}
