import { type Unavailable, unavailable } from '../base/measure.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';

/** In what kind of frame an interaction was: an out-of-process iframe has a main thread of its own. */
export type InteractionFrame = 'main-frame' | 'iframe' | 'out-of-process-iframe';

export function interactionFrame(
  { frame, pid, start }: Interaction,
  { frameTree, mainFrame }: Pick<Facts, 'frameTree' | 'mainFrame'>,
): InteractionFrame | Unavailable<'not-recorded'> {
  if (frameTree.roots.has(frame)) return 'main-frame';
  if (!frameTree.frames.has(frame)) return unavailable('not-recorded');
  const hosts = mainFrame?.spans.filter(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => from <= start && start < to,
  );
  return hosts?.some((host) => host.pid === pid) === true ? 'iframe' : 'out-of-process-iframe';
}
