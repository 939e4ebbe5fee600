import type { TraceTime } from '../../base/units.ts';
import { numberIn, stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';
import type { Thread } from '../threads/thread.ts';

/** A run of an XMLHttpRequest's handlers. Chrome does not say of which request of an address: `callbackRuns` finds out. */
export interface XhrEvent extends Thread {
  readonly url: string;
  readonly ts: TraceTime;
  /** In µs. `NaN` where it was not recorded as a whole. */
  readonly duration: number;
  /** Whether the response is there: ready state 4, or loaded. */
  readonly isDone: boolean;
}

const DONE = 4;

export function xhrEvents(): Handler<readonly XhrEvent[]> {
  const events: XhrEvent[] = [];
  return {
    watches: ['XHRReadyStateChange', 'XHRLoad'],
    handle(row, name) {
      const { pid, tid, ts, duration } = row;
      const args = row.args();
      const url = stringIn(args, 'data', 'url');
      const isDone = name === 'XHRLoad' || numberIn(args, 'data', 'readyState') === DONE;
      if (url !== undefined) events.push({ pid, tid, url, ts, duration, isDone });
    },
    finish: () => events.toSorted((a, b) => a.ts - b.ts),
  };
}
