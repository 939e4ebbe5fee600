import { describe, expect, test } from 'vitest';
import { Scanner } from '../../src/trace/scanner.ts';
import type { ScanPath } from '../../src/trace/scan-options.ts';
import { SPAN_NAME, SPAN_SIZE, SPAN_TS } from '../../src/trace/spans.ts';
import { Dispatch, type Watcher } from '../../src/timeline/dispatch.ts';
import { arrayTrace } from '../support/trace-bytes.ts';
import type { TraceEvent } from '../support/trace-events.ts';

interface Heard extends Watcher {
  /** Name, phase and time of each row. */
  readonly rows: string[];
  /** Name and time of each span. */
  readonly spanned: string[];
}

/** Writes down what it is given: rows of `watches`, spans of `spans`. */
function listener(watches: readonly string[], spans?: readonly string[]): Heard {
  const rows: string[] = [];
  const spanned: string[] = [];
  return {
    rows,
    spanned,
    watches,
    handle: (row, name) => rows.push(`${name} ${row.phase} ${String(row.ts)}`),
    ...(spans && {
      spans: {
        names: spans,
        handle({ numbers, count }, places) {
          for (let from = 0; from < count * SPAN_SIZE; from += SPAN_SIZE) {
            const name = spans[places[numbers[from + SPAN_NAME] ?? 0] ?? -1];
            if (name !== undefined) spanned.push(`${name} ${String(numbers[from + SPAN_TS])}`);
          }
        },
      },
    }),
  };
}

const event = (name: string, ph: string, ts: number): TraceEvent => ({
  name,
  ph,
  ts,
  dur: 1,
  pid: 1,
  tid: 1,
});

function hear(path: ScanPath, handlers: readonly Watcher[], events: readonly TraceEvent[]): void {
  const dispatch = new Dispatch(handlers);
  const scanner = new Scanner(dispatch.names, dispatch.onRow, { path, spans: dispatch.spans });
  scanner.push(arrayTrace(events));
  dispatch.end();
  scanner.end(false);
}

const EVENTS = [
  event('A', 'X', 1),
  event('B', 'X', 2),
  event('A', 'B', 3),
  event('C', 'I', 4),
  event('D', 'X', 5),
];

describe.each(['fast', 'plain'] as const)('by the %s path', (path) => {
  test('a handler gets rows of the names that it watches, and of no others', () => {
    const one = listener(['A']);
    const other = listener(['C', 'B']);
    hear(path, [one, other], EVENTS);
    expect(one.rows).toEqual(['A X 1', 'A B 3']);
    expect(other.rows).toEqual(['B X 2', 'C I 4']);
  });

  test('who takes spans gets complete events so, and the others of the name as rows', () => {
    const both = listener(['A'], ['A', 'D']);
    hear(path, [both, listener(['B'])], EVENTS);
    expect(both.spanned).toEqual(['A 1', 'D 5']);
    expect(both.rows).toEqual(['A B 3']);
  });

  test('who wants rows of a name gets them, though another takes its spans', () => {
    const spans = listener([], ['B', 'A']);
    const rows = listener(['A']);
    hear(path, [rows, spans], EVENTS);
    expect(rows.rows).toEqual(['A X 1', 'A B 3']);
    expect(spans.spanned.toSorted()).toEqual(['A 1', 'B 2']);
    expect(spans.rows).toEqual([]);
  });

  test('spans of more events than are held back at once all come, each once', () => {
    const many = Array.from({ length: 3_000 }, (_, ts) => event('A', 'X', ts));
    const spans = listener([], ['A']);
    const rows = listener(['A']);
    hear(path, [rows, spans], many);
    expect(rows.rows).toHaveLength(3_000);
    expect(new Set(spans.spanned).size).toBe(3_000);
    expect(spans.spanned).toHaveLength(3_000);
  });
});
