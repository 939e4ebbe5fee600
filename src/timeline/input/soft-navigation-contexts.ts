import { traceTime, type TraceTime } from '../../base/units.ts';
import { at, numberIn, stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

/**
 * What Chrome counted of one interaction's work, which it follows through promises, timers and fetch.
 * https://developer.chrome.com/docs/web-platform/soft-navigations-experiment
 */
export interface SoftNavigationContext {
  readonly pid: number;
  /** When the interaction's event was created: equals the start of one of its timed events. */
  readonly inputStart: TraceTime;
  /** Changes to the document. */
  readonly domModifications: number;
  /** Of what these painted, in square pixels of the page. */
  readonly paintedArea: number;
  /** Where the work changed the page's address to, and when. */
  readonly navigated: { readonly url: string; readonly ts: TraceTime } | undefined;
}

const PREFIX = 'SoftNavigationContext';

/** Chrome writes the context's state with each of its events. It only grows, and events come in no particular order. */
export function softNavigationContexts(): Handler<readonly SoftNavigationContext[]> {
  const contexts = new Map<string, SoftNavigationContext>();
  return {
    watches: [
      `${PREFIX}Created`,
      `${PREFIX}::OnPaintFinished`,
      `${PREFIX}::AddedModifiedNodeInAnimationFrame`,
    ],
    handle(row) {
      const { pid } = row;
      const context = at(row.args(), 'context');
      const id = numberIn(context, 'softNavContextId');
      const inputStart = numberIn(context, 'timeOrigin');
      const count = numberIn(context, 'domModifications');
      if (id === undefined || inputStart === undefined || count === undefined) return;
      const key = `${String(pid)}|${String(id)}`;
      const known = contexts.get(key);
      contexts.set(key, {
        pid,
        inputStart: traceTime(inputStart),
        domModifications: Math.max(count, known?.domModifications ?? 0),
        paintedArea: Math.max(numberIn(context, 'paintedArea') ?? 0, known?.paintedArea ?? 0),
        navigated: later(navigatedIn(context), known?.navigated),
      });
    },
    finish: () => [...contexts.values()].toSorted((a, b) => a.inputStart - b.inputStart || a.pid - b.pid),
  };
}

type Navigated = SoftNavigationContext['navigated'];

function navigatedIn(context: unknown): Navigated {
  const url = stringIn(context, 'URL') ?? '';
  const ts = numberIn(context, 'urlChangeTime') ?? 0;
  return url === '' || ts === 0 ? undefined : { url, ts: traceTime(ts) };
}

/** Work may change the address twice. */
function later(one: Navigated, other: Navigated): Navigated {
  if (one === undefined || other === undefined) return one ?? other;
  return one.ts > other.ts ? one : other;
}
