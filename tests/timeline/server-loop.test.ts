import { expect, test } from 'vitest';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import { arrayTrace } from '../support/trace-bytes.ts';
import { clock, loopBlocked, task } from '../support/trace-events.ts';

test('a block says when, for how long, and by what', async () => {
  expect(await gatherServerFacts([arrayTrace([loopBlocked(10, 150, 'sqlite query')])])).toEqual([
    { start: clock(10), duration: 150_000, by: 'sqlite query' },
  ]);
});

test('a block whose cause the server does not tell has an unknown one', async () => {
  const { args: _, ...silent } = loopBlocked(10, 150, '');
  expect(await gatherServerFacts([arrayTrace([silent])])).toMatchObject([{ by: 'unknown' }]);
});

test('what is no block is left out', async () => {
  const events = [task(0, 100), loopBlocked(0, 0, 'nothing'), { ...loopBlocked(0, 50, 'begin'), ph: 'B' }];
  expect(await gatherServerFacts([arrayTrace(events)])).toEqual([]);
});
