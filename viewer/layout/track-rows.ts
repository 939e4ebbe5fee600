import type { StepTimeline } from './step-timeline.ts';
import { requestLanes } from './request-boxes.ts';

export interface Row {
  readonly y: number;
  readonly height: number;
}

/** Where each track lies, in pixels from the chart's top. The order is that of DevTools. */
export interface TrackRows {
  readonly markers: Row;
  readonly interaction: Row;
  readonly network: Row;
  readonly server: Row;
  readonly main: Row;
  readonly height: number;
}

export const LANE_PX: number = 20;
/** Room above a track for its name. */
export const NAME_PX: number = 22;
const AXIS_PX = 26;

/** The same rows for all charts of a step, so that a track is at the same height in each. */
export function trackRows(timelines: readonly StepTimeline[]): TrackRows {
  const lanes = Math.max(1, ...timelines.map(({ requests }) => requestLanes(requests)));
  const paints = Math.max(1, ...timelines.map((timeline) => timeline.paints.length));
  const markers: Row = { y: AXIS_PX, height: paints * 18 + 2 };
  const interaction = below(markers, 24);
  const network = below(interaction, lanes * LANE_PX);
  const server = below(network, 24);
  const main = below(server, 36);
  return { markers, interaction, network, server, main, height: main.y + main.height + 10 };
}

const below = (row: Row, height: number): Row => ({ y: row.y + row.height + NAME_PX, height });
