import { listUnder } from '../../base/list-under.ts';
import { traceTime, type TraceTime } from '../../base/units.ts';
import { TextTable } from '../../trace/text-table.ts';
import type { Row } from '../../trace/row.ts';
import type { EveryRow } from '../handler.ts';

/** What the page's author marked: `performance.mark`, `performance.measure`, `console.time`. */
export interface UserTiming {
  readonly name: string;
  readonly pid: number;
  readonly start: TraceTime;
  /** The same as `start` for a mark. */
  readonly end: TraceTime;
}

/** What Chrome itself marks under the same category: the milestones of navigations and resources. */
const CHROMES_OWN: ReadonlySet<string> = new Set([
  'navigationStart',
  'unloadEventStart',
  'unloadEventEnd',
  'redirectStart',
  'redirectEnd',
  'fetchStart',
  'commitNavigationEnd',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'connectEnd',
  'secureConnectionStart',
  'workerStart',
  'requestStart',
  'responseStart',
  'responseEnd',
  'domLoading',
  'domInteractive',
  'domContentLoadedEventStart',
  'domContentLoadedEventEnd',
  'domComplete',
  'loadEventStart',
  'loadEventEnd',
  'firstPaint',
  'firstContentfulPaint',
  'paintNonDefaultBackgroundColor',
]);

/** The phases of a mark and of instants: Chrome writes `performance.mark` as the one or the other. */
export const MARK_PHASES: ReadonlySet<string> = new Set(['I', 'i', 'R']);

/** A measure's begin is written when it ends, with the same id. */
export function userTimings(): EveryRow<readonly UserTiming[]> {
  const names = new TextTable();
  const timings: UserTiming[] = [];
  const begins = new Map<string, TraceTime[]>();
  const ends = new Map<string, { readonly at: TraceTime[]; readonly name: string; readonly pid: number }>();
  const nameOf = (row: Row): string => names.texts[names.numberOf(row.nameBytes())] ?? '';
  return {
    handle(row) {
      const { phase } = row;
      const isMark = MARK_PHASES.has(phase);
      if (!isMark && phase !== 'b' && phase !== 'e') return;
      const isTiming = row.isOf('blink.user_timing') || (!isMark && row.isOf('blink.console'));
      const name = isTiming ? nameOf(row) : '';
      if (name === '' || CHROMES_OWN.has(name)) return;
      const { pid, ts } = row;
      if (isMark) {
        timings.push({ name, pid, start: ts, end: ts });
        return;
      }
      const key = `${row.asyncKey}|${name}`;
      if (phase === 'b') listUnder(begins, key).push(ts);
      else {
        const known = ends.get(key) ?? { at: [], name, pid };
        ends.set(key, known);
        known.at.push(ts);
      }
    },
    finish() {
      for (const [key, { at, name, pid }] of ends) {
        const own = (begins.get(key) ?? []).toSorted((a, b) => a - b);
        for (const [index, end] of at.toSorted((a, b) => a - b).entries()) {
          const start = own[index];
          if (start !== undefined && start <= end) timings.push({ name, pid, start, end: traceTime(end) });
        }
      }
      return timings.toSorted((a, b) => a.start - b.start || b.end - a.end);
    },
  };
}
