import { expect, test } from 'vitest';
import { parseServerTiming } from '../../src/timeline/network/server-timing.ts';

const metric = (name: string, durationMs = 0, description = ''): object => ({
  name,
  durationMs,
  description,
});

test.each([
  ['db;dur=12.5', [metric('db', 12.5)]],
  ['db', [metric('db')]],
  ['db;dur=1, total;dur=2', [metric('db', 1), metric('total', 2)]],
  ['  db ; dur = 1 ; desc = hi  ', [metric('db', 1, 'hi')]],
  ['db;desc="two, queries; or more";dur=3', [metric('db', 3, 'two, queries; or more')]],
  ['db;desc="say \\"hi\\" \\\\"', [metric('db', 0, 'say "hi" \\')]],
  ['db;DUR=1;Desc=x', [metric('db', 1, 'x')]],
  ['db;dur="4.5"', [metric('db', 4.5)]],
  ['db;dur=1;dur=2', [metric('db', 1)]],
  ['db;durx;dur=5', [metric('db', 5)]],
  ['db;dur=fast', [metric('db')]],
  ['db;dur=1e999', [metric('db')]],
  ['db;dur=', [metric('db')]],
  ['db;desc="never closed, at all', [metric('db', 0, 'never closed, at all')]],
  ['', []],
  [' , ,;dur=1, ', []],
])('%s', (header, metrics) => {
  expect(parseServerTiming(header)).toEqual(metrics);
});

test('a header of megabytes is read as far as Chrome would accept it', () => {
  const header = `db;dur=1,${'x'.repeat(32 * 2 ** 20)}`;
  expect(parseServerTiming(header)[0]).toEqual(metric('db', 1));
});
