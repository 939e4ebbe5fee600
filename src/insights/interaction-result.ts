import { isUnavailable, type Unavailable } from '../base/measure.ts';
import { between, traceTime, type TraceTime } from '../base/units.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import {
  type IcpReason,
  type InteractionToContentfulPaint,
  interactionToContentfulPaint,
} from './interaction-to-contentful-paint.ts';

/** By what it is known when an interaction's result was there: `contentful-paint` by Chrome, `user-mark` by the page's author. */
export type IcpSource = 'contentful-paint' | 'user-mark';

export interface InteractionResult extends InteractionToContentfulPaint {
  readonly source: IcpSource;
}

type Given = Pick<Facts, 'contentfulPaints' | 'doneMarks' | 'interactions' | 'animationFrames'>;

/** When an interaction's result was there: as Chrome says, or where it says nothing as the page marked it. */
export function interactionResult(
  interaction: Interaction,
  facts: Given,
): InteractionResult | Unavailable<IcpReason> {
  const icp = interactionToContentfulPaint(interaction, facts.contentfulPaints);
  return isUnavailable(icp) ? (marked(interaction, facts) ?? icp) : { ...icp, source: 'contentful-paint' };
}

/** The last mark before the next interaction: what comes then may be that one's. */
function marked(
  interaction: Interaction,
  { doneMarks, interactions, animationFrames }: Given,
): InteractionResult | undefined {
  if (doneMarks.length === 0) return undefined;
  const start = followedFrom(interaction);
  const next = interactions.reduce(
    (least, other) => (other.start > start ? Math.min(least, other.start) : least),
    Infinity,
  );
  const mark = doneMarks.findLast(({ pid, ts }) => pid === interaction.pid && ts >= start && ts < next);
  if (mark === undefined) return undefined;
  // It is made in code: what that changed is shown with the first frame that ends after it.
  const frame = animationFrames.find(
    ({ pid, end, presented }) => pid === mark.pid && end >= mark.ts && presented !== undefined,
  );
  const shown = traceTime(Math.max(mark.ts, frame?.presented ?? mark.ts));
  const length = between(start, shown);
  return { source: 'user-mark', start, first: length, last: length, modified: mark.ts, isImage: false };
}

/** As Chrome counts: from the key press, or from the click rather than the pressing down before it. */
function followedFrom({ type, start, eventStarts }: Interaction): TraceTime {
  return type.startsWith('key')
    ? start
    : traceTime(eventStarts.reduce<number>((last, at) => Math.max(last, at), start));
}
