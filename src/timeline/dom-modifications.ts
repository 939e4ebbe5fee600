import { traceTime, type TraceTime } from '../base/units.ts';
import { numberIn } from '../trace/json.ts';
import type { Handler } from './handler.ts';

/** How many changes to the document one interaction's work made, through promises, timers and fetch. */
export interface DomModifications {
  readonly pid: number;
  /** When the interaction's event was created: equals the start of one of its timed events. */
  readonly inputStart: TraceTime;
  readonly count: number;
}

const PREFIX = 'SoftNavigationContext';

/** Chrome counts them in the interaction's context, and writes the count with each of the context's events. */
export function domModifications(): Handler<readonly DomModifications[]> {
  const contexts = new Map<string, DomModifications>();
  return {
    watches: [
      `${PREFIX}Created`,
      `${PREFIX}::OnPaintFinished`,
      `${PREFIX}::AddedModifiedNodeInAnimationFrame`,
    ],
    handle(row) {
      const args = row.args();
      const id = numberIn(args, 'context', 'softNavContextId');
      const inputStart = numberIn(args, 'context', 'timeOrigin');
      const count = numberIn(args, 'context', 'domModifications');
      if (id === undefined || inputStart === undefined || count === undefined) return;
      const { pid } = row;
      const key = `${String(pid)}|${String(id)}`;
      // It only grows, and events come in no particular order.
      const most = Math.max(count, contexts.get(key)?.count ?? 0);
      contexts.set(key, { pid, inputStart: traceTime(inputStart), count: most });
    },
    finish: () => [...contexts.values()].toSorted((a, b) => a.inputStart - b.inputStart || a.pid - b.pid),
  };
}
