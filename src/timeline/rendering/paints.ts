import type { TraceTime } from '../../base/units.ts';
import { stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

/** The loading paints, of every frame and navigation, in the order of the trace. */
export interface LoadingPaint {
  readonly kind: 'first-contentful-paint' | 'largest-contentful-paint-candidate';
  readonly frame: string;
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
      const frame = stringIn(row.args(), 'frame');
      if (frame !== undefined && isKnown(name)) paints.push({ kind: KINDS[name], frame, ts: row.ts });
    },
    finish: () => paints.toSorted((a, b) => a.ts - b.ts),
  };
}
