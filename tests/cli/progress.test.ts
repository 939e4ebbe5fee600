import { expect, test } from 'vitest';
import { progressView, timeLeft } from '../../cli/output/progress.ts';
import { fakeIo } from '../support/fake-io.ts';
import { sampleSession } from '../support/sample-session.ts';

test.each([
  [10_000, 1, 4, ', 30 s left'],
  [60_000, 2, 10, ', 4 min left'],
  [10_000, 4, 4, ''],
  [1_000, 1, 5, ''],
  [10_000, 1, 2, ', 10 s left'],
  [99_000, 1, 2, ', 99 s left'],
  [100_000, 1, 2, ', 2 min left'],
])('after %i ms with %i of %i loads done it says “%s”', (elapsed, done, total, text) => {
  expect(timeLeft(elapsed, done, total)).toBe(text);
});

test('where nobody watches, each load that is done is a line', () => {
  const io = fakeIo();
  const view = progressView(io, false);
  const [load] = sampleSession().loads;
  if (load === undefined) throw new Error('The sample has no load.');
  view.show({ kind: 'load-started', load, index: 0, total: 2 });
  view.show({ kind: 'load-done', load, index: 0, total: 2 });
  view.end();
  expect(io.err()).toMatch(/^\[1\/2\] sync-backed, warm-up: valid\n$/);
});
