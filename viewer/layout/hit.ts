import type { ScaleLinear } from 'd3-scale';
import { isUnavailable } from '../../src/base/measure.ts';
import { blockCard, interactionCard, requestCard, taskCard, type Card } from './cards.ts';
import { requestBoxes } from './request-boxes.ts';
import type { StepTimeline } from './step-timeline.ts';
import { taskAt } from './task-boxes.ts';
import { LANE_PX, type Row, type TrackRows } from './track-rows.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Chart {
  readonly timeline: StepTimeline;
  readonly rows: TrackRows;
  readonly x: ScaleLinear<number, number>;
}

/** How far beside a mark still counts as on it. */
const SLACK_PX = 3;

/** What lies under a point of a chart, if anything. */
export function cardAt(chart: Chart, point: Point): Card | undefined {
  const { timeline, rows, x } = chart;
  const slackMs = x.invert(SLACK_PX) - x.invert(0);
  const at = (span: { readonly startMs: number; readonly durationMs: number }): boolean =>
    covers(span.startMs, span.startMs + span.durationMs, { atMs: x.invert(point.x), slackMs });
  if (within(rows.interaction, point)) {
    const { interaction } = timeline;
    return isUnavailable(interaction) || !at(interaction) ? undefined : interactionCard(interaction);
  }
  if (within(rows.network, point)) return requestAt(chart, point);
  if (within(rows.server, point)) {
    const block = isUnavailable(timeline.blocks) ? undefined : timeline.blocks.find(at);
    return block && blockCard(block);
  }
  if (!within(rows.main, point)) return undefined;
  const task = taskAt(timeline.tasks, x.invert(point.x), slackMs);
  return task && taskCard(task);
}

function requestAt({ timeline, rows, x }: Chart, point: Point): Card | undefined {
  const lane = Math.floor((point.y - rows.network.y) / LANE_PX);
  const box = requestBoxes(timeline.requests, x).find(
    (candidate) =>
      candidate.lane === lane &&
      point.x >= candidate.x - SLACK_PX &&
      point.x <= (candidate.handledX ?? candidate.x + candidate.width) + SLACK_PX,
  );
  return box && requestCard(box.span);
}

const within = ({ y, height }: Row, point: Point): boolean => point.y >= y && point.y <= y + height;

const covers = (
  startMs: number,
  endMs: number,
  { atMs, slackMs }: { readonly atMs: number; readonly slackMs: number },
): boolean => atMs >= startMs - slackMs && atMs <= endMs + slackMs;
