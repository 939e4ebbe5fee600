import { listUnder } from '../../base/list-under.ts';
import { later, fromMs, traceTime, type TraceTime } from '../../base/units.ts';
import { at, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import { frameKey } from './frame-key.ts';

/**
 * What documents count their milliseconds from (`performance.timeOrigin`), on the trace's clock. Events tell it that carry
 * both times: those of the Event Timing API.
 */
export class TimeOrigins {
  /** By process and frame. A frame has another document after each navigation. */
  readonly #known = new Map<string, { readonly ts: TraceTime; readonly origin: TraceTime }[]>();

  /** Takes in the begin of an `EventTiming`. */
  note({ pid, ts }: Pick<Row, 'pid' | 'ts'>, args: unknown): void {
    const timeStamp = numberIn(args, 'data', 'timeStamp');
    const frame = stringIn(at(args, 'data'), 'frame') ?? stringIn(args, 'frame');
    if (timeStamp === undefined || frame === undefined) return;
    listUnder(this.#known, frameKey(pid, frame)).push({ ts, origin: traceTime(ts - fromMs(timeStamp)) });
  }

  /** The trace's time of a document's time, as the frame's last event before `ts` tells it. */
  onTraceClock(ms: number, { pid, frame, ts }: Place): TraceTime | undefined {
    const own = this.#known.get(frameKey(pid, frame)) ?? [];
    const last = own.reduce<(typeof own)[number] | undefined>(
      (found, known) => (known.ts <= ts && known.ts >= (found?.ts ?? known.ts) ? known : found),
      undefined,
    );
    return last && later(last.origin, fromMs(ms));
  }
}

interface Place {
  readonly pid: number;
  readonly frame: string;
  readonly ts: TraceTime;
}
