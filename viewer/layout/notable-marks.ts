import { isUnavailable } from '../../src/base/measure.ts';
import { blockCard, interactionCard, requestCard, taskCard, type Card } from './cards.ts';
import type { StepTimeline } from './step-timeline.ts';
import type { Row, TrackRows } from './track-rows.ts';

/** A mark worth a stop for those who go through a chart by keyboard. */
export interface NotableMark {
  readonly startMs: number;
  readonly row: Row;
  readonly card: Card;
}

/** All marks but the short tasks, as time goes. */
export function notableMarks(timeline: StepTimeline, rows: TrackRows): readonly NotableMark[] {
  const { interaction, requests, blocks, longTasks } = timeline;
  const marks: readonly NotableMark[] = [
    ...(isUnavailable(interaction)
      ? []
      : [{ startMs: 0, row: rows.interaction, card: interactionCard(interaction) }]),
    ...requests.map((span) => ({ startMs: span.startMs, row: rows.network, card: requestCard(span) })),
    ...(isUnavailable(blocks) ? [] : blocks).map((block) => ({
      startMs: block.startMs,
      row: rows.server,
      card: blockCard(block),
    })),
    ...longTasks.map((task, index) => ({
      startMs: task.startMs,
      row: rows.main,
      card: taskCard({ ...task, task: index, cpuMs: isUnavailable(task.cpuMs) ? -1 : task.cpuMs }),
    })),
  ];
  return marks.toSorted((a, b) => a.startMs - b.startMs);
}
