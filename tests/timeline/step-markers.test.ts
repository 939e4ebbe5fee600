import { expect, test } from 'vitest';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, step, stepEdge } from '../support/trace-events.ts';

test('a step lasts from its begin to its end', async () => {
  const { steps } = await factsOf(step(1, 300, 500), step(0, 10, 200));
  expect(steps).toEqual([
    { index: 0, repetition: 0, start: clock(10), end: clock(200) },
    { index: 1, repetition: 0, start: clock(300), end: clock(500) },
  ]);
});

const again = (edge: string, at: number) =>
  instant('clock_sync', at, { args: { sync_id: `inpact:step:0.1:${edge}` } });

test('a step that runs again is told apart from the first time', async () => {
  const { steps } = await factsOf(
    [again('begin', 300), again('end', 400)],
    step(0, 10, 200),
    step(1, 500, 600),
  );
  expect(steps.map(({ index, repetition, start }) => [index, repetition, start])).toEqual([
    [0, 0, clock(10)],
    [0, 1, clock(300)],
    [1, 0, clock(500)],
  ]);
});

test('a step of which an edge is missing is left out', async () => {
  const { steps } = await factsOf(stepEdge(0, 'begin', 10), stepEdge(1, 'end', 20), step(2, 30, 40));
  expect(steps.map(({ index }) => index)).toEqual([2]);
});

test.each([
  'inpact:step:-1:begin',
  'inpact:step:0:middle',
  'x inpact:step:0:begin',
  'inpact:step:0:begin x',
  '',
  7,
])('%s marks no step', async (syncId) => {
  const marker = instant('clock_sync', 5, { args: { sync_id: syncId } });
  expect((await factsOf(marker, stepEdge(0, 'end', 20))).steps).toEqual([]);
});

test("a page's own mark of the same name marks no step", async () => {
  const forged = [instant('inpact:step:0:begin', 5), instant('inpact:step:0:end', 9)];
  expect((await factsOf(forged)).steps).toEqual([]);
});
