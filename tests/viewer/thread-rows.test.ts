import { expect, test } from 'vitest';
import { threadRows, threadRowsInTurns } from '../../viewer/layout/thread-rows.ts';
import { columns } from '../support/span-columns.ts';

const SPANS = columns([0, 100, 0, 0], [10, 50, 1, 0], [20, 5, 2, 0], [70, 5, 1, 0], [110, 3, 0, 0]);

test('rows that are made in turns are the rows that are made at once, with pauses between', async () => {
  let pauses = 0;
  const inTurns = await threadRowsInTurns(SPANS, 0.1, () => {
    pauses++;
    return Promise.resolve();
  });
  const atOnce = threadRows(SPANS);
  expect(inTurns.rows.map(({ finest }) => finest)).toEqual(atOnce.rows.map(({ finest }) => finest));
  expect(pauses).toBe(6);
});
