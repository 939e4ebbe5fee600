import { median } from '../../base/median.ts';
import type { Session } from '../session.ts';

/** From here on what was measured is partly other programs' doing. */
const BUSY_HOST = 0.8;

/** How much of the machine was busy, where so much was that it shows in the figures. */
export function busyHost({ loads }: Pick<Session, 'loads'>): number | undefined {
  const shares = loads
    .map(({ integrity }) => integrity.hostBusy)
    .filter((share) => typeof share === 'number');
  const busy = median(shares);
  return busy >= BUSY_HOST ? busy : undefined;
}

/** A warning for whoever reads the figures, if the machine had more to do than to record. */
export function hostNote(session: Pick<Session, 'loads'>): string | undefined {
  const busy = busyHost(session);
  if (busy === undefined) return undefined;
  return `The machine was ${String(Math.floor(busy * 100))} % busy while this was recorded: the figures are partly the doing of other programs. Record again when it has nothing else to do.`;
}
