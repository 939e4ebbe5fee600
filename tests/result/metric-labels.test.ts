import { expect, test } from 'vitest';
import { judgedLabel, metricNamed, metricText } from '../../src/result/words/metric-labels.ts';

test.each([
  ['inpMs', 200.04, '200 ms'],
  ['inpMs', 200.06, '200.1 ms'],
  ['inpMs', -0.04, '0 ms'],
  ['longTaskCount', 2, '2'],
  ['longTaskCount', 1.5, '1.5'],
  ['reportSizeKb', 812.34, '812.3 kB'],
] as const)('%s of %f is written %s', (metric, value, text) => {
  expect(metricText(metric, value)).toBe(text);
});

test('a metric is known by what people call it, and by its name in a result', () => {
  expect([metricNamed('inp'), metricNamed('inpMs'), metricNamed('long-tasks')]).toEqual([
    'inpMs',
    'inpMs',
    'longTaskCount',
  ]);
  expect([metricNamed('report-size'), metricNamed('INP'), metricNamed('toString')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the report’s size is judged as metrics are', () => {
  expect(judgedLabel('reportSizeKb').id).toBe('report-size');
  expect(judgedLabel('icpMs')).toMatchObject({ label: 'ICP', id: 'icp' });
});
