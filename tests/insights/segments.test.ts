import { describe, expect, test } from 'vitest';
import { traceTime } from '../../src/base/units.ts';
import { Segments } from '../../src/insights/segments.ts';
import type { CausalEvidence } from '../../src/insights/evidence.ts';
import { scriptRequest } from '../support/causes.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread } from '../support/trace-events.ts';

const segmentsOf = (
  [start, end]: readonly [number, number],
  ...edges: readonly (readonly [until: number, kind: 'handler' | 'rendering', evidence?: CausalEvidence])[]
): readonly string[] => {
  const segments = new Segments(traceTime(start), traceTime(end));
  for (const [until, kind, evidence = 'proven'] of edges) segments.until(traceTime(until), kind, evidence);
  return segments
    .finish('presentation', 'inferred')
    .map(
      ({ kind, start: at, duration, evidence }) => `${kind} ${String(at)}+${String(duration)} ${evidence}`,
    );
};

describe('a stretch of time', () => {
  test('is cut where it is said to be, and the rest has the last kind', () => {
    expect(segmentsOf([0, 100], [30, 'handler'], [70, 'rendering'])).toEqual([
      'handler 0+30 proven',
      'rendering 30+40 proven',
      'presentation 70+30 inferred',
    ]);
  });

  test('has no rest where the last part goes up to its end', () => {
    expect(segmentsOf([0, 100], [100, 'handler'])).toEqual(['handler 0+100 proven']);
  });

  test('has no part beyond its end, before its begin, or of a time that has passed', () => {
    expect(
      segmentsOf([50, 100], [40, 'rendering'], [80, 'handler'], [80, 'rendering'], [500, 'rendering']),
    ).toEqual(['handler 50+30 proven', 'rendering 80+20 proven']);
    expect(segmentsOf([0, 100], [Number.NaN, 'handler'])).toEqual(['presentation 0+100 inferred']);
  });

  test('that is none has no parts', () => {
    expect(segmentsOf([100, 100], [100, 'handler'])).toEqual([]);
    expect(segmentsOf([100, 50], [100, 'handler'])).toEqual([]);
  });

  test.each([
    ['inferred', 'proven'],
    ['proven', 'inferred'],
  ] as const)('has two parts of one kind in a row as one, as sure as the less sure: %s and %s', (...sure) => {
    const [first, second] = sure;
    expect(segmentsOf([0, 100], [30, 'handler', first], [60, 'handler', second], [100, 'rendering'])).toEqual(
      ['handler 0+60 inferred', 'rendering 60+40 proven'],
    );
  });

  test('has two parts of one kind for two requests as two', async () => {
    const { requests } = await factsOf(mainThread, scriptRequest(1, 'a'), scriptRequest(2, 'b'));
    const segments = new Segments(traceTime(0), traceTime(100));
    for (const [index, request] of requests.entries())
      segments.until(traceTime(50 * (index + 1)), 'waiting', 'proven', request);
    expect(segments.finish('presentation', 'proven').map(({ request }) => request?.requestId)).toEqual([
      'a',
      'b',
    ]);
  });

  test.each([
    [1, ['handler 0+99 proven', 'presentation 99+1 inferred']],
    [0.5, ['handler 0+100 proven']],
  ])('whose rest is %f microseconds', (rest, expected) => {
    expect(segmentsOf([0, 100], [100 - rest, 'handler'])).toEqual(expected);
  });
});
