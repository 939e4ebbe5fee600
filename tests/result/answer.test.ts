import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { Load } from '../../src/result/load.ts';
import { answer } from '../../src/result/words/answer.ts';
import type { InsightFinding } from '../../src/result/findings-result.ts';
import { evidenceOf, FIRST, loadOf, type Measured, rounds, SECOND, stepResult } from '../support/loads.ts';
import { finding } from '../support/sample-findings.ts';

type Steps = Readonly<Record<string, Measured>>;

/** The sentences for one load of each variant. */
function sentences(first: Steps, second?: Steps): readonly string[] {
  const load = (variant: string, steps: Steps): Load =>
    loadOf(
      Object.entries(steps).map(([name, measured]) => stepResult(name, measured)),
      { variant, round: 0 },
    );
  const loads = [load(FIRST, first), ...(second === undefined ? [] : [load(SECOND, second)])];
  return answer(evidenceOf(loads, second === undefined ? [FIRST] : [FIRST, SECOND])).sentences;
}

const WAITING: Measured = { inp: 176, icp: 178, tasks: [[172, 18]], blocked: 150 };
const SWIFT: Measured = { inp: 16, icp: 30, tasks: [[4, 4]], blocked: 0 };

describe('where the server’s loop was blocked', () => {
  test('the answer says that INP is good, that the result is late, and why', () => {
    const [first] = sentences(
      { fetch: { inp: 16, icp: 277, tasks: [[4, 4]], blocked: 249 } },
      { fetch: { inp: 16, icp: 35, tasks: [[4, 4]], blocked: 0 } },
    );
    expect(first).toBe(
      "The fetch, sync-backed: INP is 16 ms, “good”, but the result is painted after 277 ms, because the server's event loop was blocked for 249 ms of that; with async-backed after 35 ms, INP 16 ms.",
    );
  });

  test('the step in which the variants differ comes first, not the slowest', () => {
    const slowForBoth: Measured = { inp: 16, icp: 900, tasks: [[4, 4]], blocked: 0 };
    const [first] = sentences(
      { report: slowForBoth, light: { inp: 16, icp: 300, blocked: 270 } },
      { report: slowForBoth, light: { inp: 16, icp: 35, blocked: 0 } },
    );
    expect(first).toContain('The light');
  });
});

test('a result that is late although the loop was free is not laid to the loop', () => {
  const [first] = sentences({ fetch: { inp: 16, icp: 277, blocked: 2 } });
  expect(first).toContain("though the server's event loop was free");
});

test('without a server’s trace nothing is said of its loop', () => {
  for (const measured of [
    { inp: 16, icp: 277 },
    { inp: 300, icp: 301 },
    { inp: 16, icp: 20, tasks: [[4, 4]] },
  ] satisfies Measured[]) {
    expect(sentences({ click: measured }).join(' ')).not.toContain('event loop');
  }
});

test('a main thread that held the result up by waiting is said to wait, not to work', () => {
  const [first] = sentences({ xhr: WAITING });
  expect(first).toContain('INP is 176 ms, “good”, and the result is painted after 178 ms');
  expect(first).toContain(
    'the main thread was waiting, not working: its longest task took 172 ms, 18 ms of it on the processor',
  );
});

test('on a busy machine it may as well have been without a processor', () => {
  const load = loadOf([stepResult('xhr', WAITING)], { variant: FIRST, round: 0 });
  const busy = { ...load, integrity: { ...load.integrity, hostBusy: 0.95 } };
  const [first] = answer(evidenceOf([busy], [FIRST])).sentences;
  expect(first).toContain(
    'the main thread waited, or other programs had its processor: its longest task took 172 ms, 18 ms of it on the processor',
  );
});

test('a main thread that worked is said to be busy', () => {
  const [first] = sentences({ compute: { inp: 230, icp: 232, tasks: [[222, 219]], blocked: 0 } });
  expect(first).toContain('“needs improvement”');
  expect(first).toContain('the main thread was busy, its longest task took 222 ms');
});

test.each([
  [86, 'was waiting'],
  [87, 'was busy'],
])('a main thread whose longest task of 172 ms took %i ms of the processor %s', (cpu, said) => {
  expect(sentences({ xhr: { ...WAITING, tasks: [[172, cpu]] } })[0]).toContain(said);
});

test.each([
  [50, 'no task held the main thread for long'],
  [51, 'the main thread was busy'],
])('of a main thread whose longest task took %i ms it is said that %s', (wall, said) => {
  expect(sentences({ click: { inp: 176, icp: 178, tasks: [[wall, wall]] } })[0]).toContain(said);
});

test.each([
  [49, 'and the result is painted after 65 ms'],
  [50, 'but the result is painted after 66 ms'],
])('a result that comes %i ms after the next paint is told so: %s', (hidden, said) => {
  expect(sentences({ click: { inp: 16, icp: 16 + hidden } })[0]).toContain(said);
});

test.each([
  [49, "though the server's event loop was free"],
  [50, "because the server's event loop was blocked for 50 ms of that"],
])('where the loop was blocked for %i ms the result is late %s', (blocked, said) => {
  expect(sentences({ fetch: { inp: 16, icp: 277, blocked } })[0]).toContain(said);
});

test('a main thread whose processor time is unknown is not said to wait', () => {
  expect(sentences({ xhr: { ...WAITING, tasks: [[172, -1]] } })[0]).not.toContain('waiting');
});

test.each([
  [200, '“good”'],
  [200.4, '“needs improvement”'],
  [500, '“needs improvement”'],
  [501, '“poor”'],
])('an INP of %d ms is rated %s', (inp, rating) => {
  expect(sentences({ click: { inp, icp: inp } })[0]).toContain(rating);
});

describe('where no paint of a result was attributed', () => {
  test('the answer says so', () => {
    expect(sentences({ click: { inp: 16 } })).toEqual([
      'The click: INP is 16 ms, “good”; no paint of a result was attributed to the interaction.',
    ]);
  });

  test('the next paint is not passed off as the result', () => {
    const all = sentences(
      { fetch: { inp: 16, icp: 277, blocked: 250 }, other: { inp: 14 } },
      { fetch: { inp: 15, blocked: 0 }, other: { inp: 13 } },
    );
    expect(all.join(' ')).toContain('painted after 277 ms');
    expect(all.join(' ')).not.toMatch(/after 1[345] ms/);
  });

  test('a step with a poor INP is not passed over for one without an interaction', () => {
    const all = sentences({ look: { icp: unavailable('not-recorded') }, click: { inp: 700 } });
    expect(all[0]).toContain('The click: INP is 700 ms, “poor”');
  });
});

describe('with two variants', () => {
  test('the second sentence says where INP itself differs', () => {
    const [, second] = sentences(
      { fetch: { inp: 16, icp: 300, blocked: 270 }, xhr: { ...WAITING, inp: 341, icp: 340 } },
      { fetch: { inp: 16, icp: 35, blocked: 0 }, xhr: SWIFT },
    );
    expect(second).toBe(
      'INP itself differs where the page blocks: the xhr, it is 341 ms with sync-backed and 16 ms with async-backed; the main thread was waiting, not working: its longest task took 172 ms, 18 ms of it on the processor.',
    );
  });

  test.each([
    [49, 'do not differ'],
    [50, 'INP itself differs'],
  ])('of an INP that differs by %i ms it is said that they %s', (by, said) => {
    const [, second] = sentences(
      { fetch: { inp: 16, icp: 300 }, other: { inp: 16 + by, icp: 70 } },
      { fetch: { inp: 16, icp: 35 }, other: { inp: 16, icp: 69 } },
    );
    expect(second).toContain(said);
  });

  test('or else where they do not differ although the user waits', () => {
    const report: Measured = { inp: 16, icp: 277, tasks: [[4, 4]], blocked: 0 };
    const [, second] = sentences(
      { report, light: { inp: 16, icp: 300, blocked: 270 } },
      { report: { ...report, icp: 279 }, light: { inp: 16, icp: 35, blocked: 0 } },
    );
    expect(second).toBe(
      'The report: the variants do not differ, the result is painted after 279 ms with async-backed and 277 ms with sync-backed.',
    );
  });

  test.each([
    [24, 64],
    [40, 57],
    [300, 335],
  ])('results that are painted after %i and %i ms are not said to be alike', (one, other) => {
    const all = sentences(
      { light: { inp: 16, icp: 500 }, report: { inp: 16, icp: one } },
      { light: { inp: 16, icp: 35 }, report: { inp: 16, icp: other } },
    );
    expect(all.join(' ')).not.toContain('do not differ');
  });

  test('two steps that both differ are not said to be alike', () => {
    const all = sentences(
      { one: { inp: 16, icp: 900 }, two: { inp: 16, icp: 700 } },
      { one: { inp: 16, icp: 100 }, two: { inp: 16, icp: 100 } },
    );
    expect(all.join(' ')).not.toContain('do not differ');
  });

  test('the cause of a high INP is told of the variant that has it', () => {
    const [, second] = sentences(
      { fetch: { inp: 16, icp: 900, blocked: 270 }, other: { inp: 16, icp: 400, tasks: [[4, 4]] } },
      { fetch: { inp: 16, icp: 35, blocked: 0 }, other: { inp: 320, icp: 330, tasks: [[310, 305]] } },
    );
    expect(second).toContain(
      'it is 320 ms with async-backed and 16 ms with sync-backed; the main thread was busy',
    );
  });

  test('a variant without a valid load is left out', () => {
    const loads = rounds([{ inp: 16, icp: 277, blocked: 250 }]);
    expect(answer(evidenceOf(loads)).sentences).toEqual([
      "The click, sync-backed: INP is 16 ms, “good”, but the result is painted after 277 ms, because the server's event loop was blocked for 250 ms of that.",
    ]);
  });
});

describe('with one variant', () => {
  test('the answer is one sentence where only one step is slow', () => {
    const all = sentences({ swift: SWIFT, fetch: { inp: 16, icp: 277, blocked: 250 } });
    expect(all).toHaveLength(1);
    expect(all[0]).toContain('The fetch: INP is 16 ms, “good”, but the result is painted after 277 ms');
  });

  test('a poor INP is told first, and then where INP hides a wait', () => {
    const all = sentences({
      fetch: { inp: 16, icp: 277, blocked: 250 },
      slow: { inp: 600, icp: 605, tasks: [[590, 580]] },
    });
    expect(all).toEqual([
      'The slow: INP is 600 ms, “poor”, and the result is painted after 605 ms: the main thread was busy, its longest task took 590 ms.',
      "The fetch: INP is 16 ms, “good”, but the result is painted after 277 ms, because the server's event loop was blocked for 250 ms of that.",
    ]);
  });

  test('the longest wait is told first, whatever it was for', () => {
    const all = sentences({
      fetch: { inp: 16, icp: 900 },
      other: { inp: 16, icp: 800 },
      slow: { inp: 600, icp: 605, tasks: [[590, 580]] },
    });
    expect(all).toEqual([
      expect.stringMatching(/^The fetch: INP is 16 ms/),
      expect.stringMatching(/^The slow: INP is 600 ms/),
    ]);
  });
});

test('without a valid load there is no answer yet', () => {
  const invalid = loadOf([stepResult('click', { inp: 16 })], { variant: FIRST, round: 0, status: 'invalid' });
  for (const loads of [[], [invalid]]) {
    expect(answer(evidenceOf(loads))).toMatchObject({
      question: expect.stringContaining('Which event loop'),
      sentences: ['No load gave a valid interaction, so there is no answer yet.'],
    });
  }
});

describe('what held the server’s loop', () => {
  const waited: Measured = { inp: 16, icp: 277, tasks: [[4, 4]], blocked: 249 };

  /** The first sentence where each load found so. */
  const withFindings = (...findings: readonly InsightFinding[]): string => {
    const load = loadOf([{ ...stepResult('fetch', waited), findings }], { variant: FIRST, round: 0 });
    return answer(evidenceOf([load], [FIRST])).sentences[0] ?? '';
  };

  test('is named with its line where it was a query', () => {
    expect(withFindings(finding({ explainsMs: 240 }))).toContain(
      'blocked for 249 ms of that by a query (report (shop/routes.ts:50))',
    );
  });

  test('is not named after a query that was less than half of it', () => {
    expect(withFindings(finding({ explainsMs: 124.4 }))).toMatch(/blocked for 249 ms of that\.$/);
    expect(withFindings(finding({ explainsMs: 124.5 }))).toMatch(/of that by a query /);
  });

  test('was nothing of its own where it was starved', () => {
    expect(withFindings(finding({ id: 'server-loop-starved', explainsMs: 240 }))).toContain(
      'did not turn for 249 ms of that, though nothing of its own was seen to hold it',
    );
  });
});
