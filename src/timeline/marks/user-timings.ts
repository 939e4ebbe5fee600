import type { TraceTime } from '../../base/units.ts';
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

/** The edges of the measures of one name and id. */
interface Edges {
  readonly name: string;
  readonly pid: number;
  readonly begins: TraceTime[];
  readonly ends: TraceTime[];
}

/** A measure's begin is written when it ends, with the same id. */
export function userTimings(): EveryRow<readonly UserTiming[]> {
  const names = new TextTable();
  const timings: UserTiming[] = [];
  const measures = new Map<string, Edges>();
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
      const measure = measures.get(key) ?? { name, pid, begins: [], ends: [] };
      measures.set(key, measure);
      (phase === 'b' ? measure.begins : measure.ends).push(ts);
    },
    finish() {
      for (const measure of measures.values()) for (const timing of paired(measure)) timings.push(timing);
      return timings.toSorted((a, b) => a.start - b.start || b.end - a.end);
    },
  };
}

/** Each end with the latest begin that is open: what began before the trace, or lost its end, takes no other's. */
function paired({ name, pid, begins, ends }: Edges): readonly UserTiming[] {
  const inOrder = begins.toSorted((a, b) => a - b);
  const open: TraceTime[] = [];
  let next = 0;
  return ends
    .toSorted((a, b) => a - b)
    .flatMap((end) => {
      for (let begin = inOrder[next]; begin !== undefined && begin < end; begin = inOrder[++next]) {
        open.push(begin);
      }
      // What begins as another ends comes after that. Where nothing else is open it is a measure of no length.
      const start = open.pop() ?? (inOrder[next] === end ? inOrder[next++] : undefined);
      return start === undefined ? [] : [{ name, pid, start, end }];
    });
}
