import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../src/analyze.ts';
import { readTrace } from '../src/node/read-trace.ts';

// Public traces that are handed around beside the checkout, with figures on which independent readers agree.
const FOLDER = new URL('../../shared/traces/', import.meta.url);
const TABLE = new URL('expected.tsv', FOLDER);
const isThere = existsSync(TABLE);

/** The table's rows, by the names in its head. */
function expectedRows(): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = readFileSync(TABLE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column] ?? ''])));
}

const rows = isThere
  ? expectedRows().map((row) => [row['file'] ?? '', row] as const)
  : [['no traces beside the checkout', {}] as const];

describe.skipIf(!isThere)('frames and forced reflows of public traces', () => {
  test.each(rows)('%s', async (file, expected: Readonly<Record<string, string>>) => {
    const { animationFrames, forcedReflows } = await analyze({
      file,
      bytes: readTrace(new URL(file, FOLDER).pathname),
    });
    expect([
      String(animationFrames.count),
      String(animationFrames.over50Count),
      `${String(forcedReflows.nestedCount)}/${String(forcedReflows.nestedMs)}`,
    ]).toEqual([
      expected['loaf_frames'],
      expected['loaf_over50'],
      expected['forced_reflow_nested(count/ms)'],
    ]);
  });
});
