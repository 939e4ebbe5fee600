import type { TraceTime } from '../../base/units.ts';
import { stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

/** The loading paints, of every frame and navigation, in the order of the trace. */
export interface LoadingPaint {
  readonly kind: 'first-contentful-paint' | 'largest-contentful-paint-candidate';
  readonly pid: number;
  readonly frame: string;
  /** The document's, as Chrome names it. Undefined in old traces. */
  readonly navigationId: string | undefined;
  readonly ts: TraceTime;
}

const KINDS = {
  firstContentfulPaint: 'first-contentful-paint',
  'largestContentfulPaint::Candidate': 'largest-contentful-paint-candidate',
} as const;

const isKnown = (name: string): name is keyof typeof KINDS => Object.hasOwn(KINDS, name);

export function loadingPaints(): Handler<readonly LoadingPaint[]> {
  const paints: LoadingPaint[] = [];
  return {
    watches: Object.keys(KINDS),
    handle(row, name) {
      const args = row.args();
      const frame = stringIn(args, 'frame');
      if (frame === undefined || !isKnown(name)) return;
      const navigationId = stringIn(args, 'data', 'navigationId');
      paints.push({ kind: KINDS[name], pid: row.pid, frame, navigationId, ts: row.ts });
    },
    finish: () => paints.toSorted((a, b) => a.ts - b.ts),
  };
}
