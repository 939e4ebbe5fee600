import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../src/analyze.ts';
import { isUnavailable, type Measure } from '../src/base/measure.ts';
import { readTrace } from '../src/node/read-trace.ts';
import type { TraceResult } from '../src/result/trace-result.ts';

/**
 * Public traces, too large for this repository, with figures on which independent readers agree: DevTools' trace engine,
 * Lighthouse, and a small reader over the raw events.
 */
const FOLDER = join(import.meta.dirname, '../../shared/traces');
const TABLE = join(FOLDER, 'expected.tsv');
const isThere = existsSync(TABLE);

/**
 * Blocking times that differ from Lighthouse's, and are right: it sorts the tasks of all processes that the page was in into
 * one list, and cuts one short where the next begins. Here a task of the process that the page has left, 60 µs before
 * the long task's end, takes these from its 60.267 ms.
 */
const LIGHTHOUSE_ERRS: ReadonlyMap<string, number> = new Map([
  ['devtools__multiple-top-level-renderers.json.gz', 10.267],
]);

type Row = Readonly<Record<string, string>>;

function expectedRows(): readonly Row[] {
  if (!isThere) return [];
  const [header = '', ...lines] = readFileSync(TABLE, 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line) =>
    Object.fromEntries(line.split('\t').map((cell, index) => [columns[index] ?? '', cell])),
  );
}

/** The result's figures, spelled as the table spells them. */
function figuresOf({ mainThread, longTasks, interactions, inp }: TraceResult): Row {
  const { inputDelayMs, processingDurationMs, presentationDelayMs } = isUnavailable(inp)
    ? { inputDelayMs: '', processingDurationMs: '', presentationDelayMs: '' }
    : inp;
  const parts = [inputDelayMs, processingDurationMs, presentationDelayMs];
  return {
    main_pids: isUnavailable(mainThread) ? '' : mainThread.processes.join(' '),
    outermost_tasks: isUnavailable(mainThread) ? '' : String(mainThread.taskCount),
    long_tasks: spelled(longTasks.count),
    tbt_all_ms: spelled(longTasks.totalBlockingTimeMs),
    longest_task_ms: spelled(longTasks.longestMs),
    'interactions(distinct ids)': String(interactions.length),
    INP_ms: isUnavailable(inp) ? '' : String(inp.durationMs),
    INP_interactionId: isUnavailable(inp) ? '' : String(inp.interactionId),
    INP_type: isUnavailable(inp) ? '' : inp.type,
    'inputDelay/processing/presentation(engine)': isUnavailable(inp) ? '' : parts.join('/'),
  };
}

const spelled = (measure: Measure): string => (isUnavailable(measure) ? '' : String(measure));

const analyzed = (file: string): Promise<TraceResult> =>
  analyze({ file, bytes: readTrace(join(FOLDER, file)) });

describe.skipIf(!isThere)(
  'the public traces in ../shared/traces (skipped where that folder is absent)',
  () => {
    test('are there', () => {
      expect(expectedRows().length).toBeGreaterThan(0);
    });

    test.each(expectedRows().map((row) => [row['file'] ?? '', row] as const))(
      '%s gives the figures that other readers give',
      async (file, row) => {
        const result = await analyzed(file);
        expect(row).toMatchObject(figuresOf(result));
        expect(result.partial).toBe(false);
        expect(Object.values(result.events.dropped)).toEqual([0, 0, 0, 0, 0]);
      },
    );

    test.each(expectedRows().map((row) => [row['file'] ?? '', row['tbt_fcp_to_end_ms(LH)'] ?? ''] as const))(
      '%s gives the blocking time after the first contentful paint that Lighthouse gives',
      async (file, expected) => {
        const { totalBlockingTimeAfterFcpMs: blocking } = (await analyzed(file)).paints;
        if (expected === '') expect(blocking).toEqual({ unavailable: 'not-recorded' });
        else expect(blocking).toBe(LIGHTHOUSE_ERRS.get(file) ?? Number(expected));
      },
    );

    const partial = isThere ? readdirSync(FOLDER).filter((file) => file.includes('simple-partial')) : [];

    test.each(partial)('%s gives its six events, though it was never closed', async (file) => {
      expect(await analyzed(file)).toMatchObject({ events: { read: 6 }, partial: false });
    });
  },
);
