import { describe, expect, test } from 'vitest';
import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { Load } from '../../src/result/load.ts';
import type { FindingRow } from '../../src/result/session-summary.ts';
import { nextSteps } from '../../src/result/words/next-steps.ts';
import { summarizeFindings } from '../../src/result/summary/summarize-findings.ts';
import { FIRST, loadOf, SECOND, stepResult } from '../support/loads.ts';
import { finding } from '../support/sample-findings.ts';

const result = (findings: readonly InsightFinding[]): Load['steps'][number] => ({
  ...stepResult('click', { inp: 20 }),
  findings,
});

/** Loads of one variant in which the step `click` found so much; each list is one load. */
const loadsWith = (variant: string, ...found: readonly (readonly InsightFinding[])[]): readonly Load[] =>
  found.map((findings, round) => loadOf([result(findings)], { variant, round }));

const rows = (...loads: readonly (readonly Load[])[]): readonly FindingRow[] =>
  summarizeFindings(loads.flat(), ['click'], [FIRST, SECOND]);

const query = (explainsMs: number): InsightFinding => finding({ explainsMs });
const blocked = (explainsMs: number): InsightFinding =>
  finding({ id: 'server-loop-blocked', explainsMs, docs: 'docs/insights/server-loop-blocked.md' });

describe('a finding over the loads of a step', () => {
  test('is told with the number of loads and the median', () => {
    expect(rows(loadsWith(FIRST, [query(100)], [query(180)], [query(120)]))).toMatchObject([
      {
        step: 'click',
        variant: FIRST,
        id: 'synchronous-query-on-event-loop',
        runs: 3,
        ofRuns: 3,
        recurs: true,
        explainsMs: { median: 120, min: 100, max: 180, values: [100, 180, 120] },
        // The load that is nearest to the median.
        exampleLoad: `${FIRST}-2`,
      },
    ]);
  });

  test.each([
    [[[query(100)], [], []], false],
    [[[query(100)], []], false],
    [[[query(100)], [query(90)], []], true],
  ] as const)('recurs if more than half of them have it', (found, recurs) => {
    expect(rows(loadsWith(FIRST, ...found))).toMatchObject([{ recurs }]);
  });

  test('stands before what was seen once, however long that was', () => {
    const found = rows(loadsWith(FIRST, [query(30), blocked(900)], [query(30)]));
    expect(found.map(({ id }) => id)).toEqual(['synchronous-query-on-event-loop', 'server-loop-blocked']);
  });

  test('is of its own step: what another step found says nothing of it', () => {
    const both = loadOf([result([]), { ...result([query(100)]), step: 'type' }], {
      variant: FIRST,
      round: 0,
    });
    expect(rows([both])).toEqual([]);
    expect(summarizeFindings([both], ['click', 'type'], [FIRST])).toMatchObject([
      { step: 'type', ofRuns: 1 },
    ]);
  });

  test('adds up within one interaction, and is the worst of several', () => {
    const other = finding({ explainsMs: 90, interactionStartMs: 500 });
    expect(rows(loadsWith(FIRST, [query(60), query(50), other]))).toMatchObject([
      { explainsMs: { median: 110 } },
    ]);
  });

  test('leaves out warm-ups and invalid loads', () => {
    const [load] = loadsWith(FIRST, [query(100)]);
    if (load === undefined) throw new Error('there is one');
    expect(
      rows([
        { ...load, warmUp: true },
        { ...load, status: 'invalid' },
      ]),
    ).toEqual([]);
  });

  test('of a step that is repeated within a load counts once for it, if more than half have it', () => {
    const often = loadOf([result([query(100)]), result([query(140)]), result([])], {
      variant: FIRST,
      round: 0,
    });
    const once = loadOf([result([query(100)]), result([])], { variant: SECOND, round: 0 });
    expect(rows([often, once])).toMatchObject([
      { variant: FIRST, runs: 1, ofRuns: 1, explainsMs: { median: 120 } },
    ]);
  });
});

describe('what to do next', () => {
  const shop = {
    scenario: {
      name: 'shop',
      steps: [{ name: 'click', description: 'Click on “Report”', expects: 'interaction' as const }],
    },
    variants: [FIRST, SECOND].map((name) => ({ name, description: name, url: 'http://page.test/' })),
  };

  test('says what, where, how often, and the advice', () => {
    const findings = rows(loadsWith(FIRST, [query(150)], [query(150)]));
    expect(nextSteps({ findings, ...shop })).toEqual([
      {
        id: 'synchronous-query-on-event-loop',
        docs: 'docs/insights/synchronous-query-on-event-loop.md',
        sentence:
          "A synchronous query ran on the server's event loop, report (shop/routes.ts:50), “SELECT * FROM orders WHERE id = ?”: 150 ms of “Click on ‘Report’” with sync-backed (in 2 of 2 loads). Use asynchronous calls.",
      },
    ]);
  });

  test('begins with the cause of the wait that the answer tells, though another step waits longer', () => {
    const [told] = rows(loadsWith(FIRST, [query(60)]));
    const [longer] = rows(loadsWith(FIRST, [finding({ id: 'handler-too-long', explainsMs: 400 })]));
    if (told === undefined || longer === undefined) throw new Error('there are both');
    const findings = [{ ...longer, step: 'type' }, told];
    const idsFor = (step?: string): readonly string[] =>
      nextSteps({ findings, ...shop }, step === undefined ? undefined : { step, variant: FIRST }).map(
        ({ id }) => id,
      );
    expect(idsFor()).toEqual(['handler-too-long', 'synchronous-query-on-event-loop']);
    expect(idsFor('click')).toEqual(['synchronous-query-on-event-loop', 'handler-too-long']);
  });

  test('names no variant where there is but one', () => {
    const findings = rows(loadsWith(FIRST, [query(150)]));
    const [step] = nextSteps({ findings, ...shop, variants: shop.variants.slice(0, 1) });
    expect(step?.sentence).toContain('150 ms of “Click on ‘Report’” (in 1 of 1 loads)');
  });

  test('names the cause and not its symptom too', () => {
    const findings = rows(loadsWith(FIRST, [query(150), blocked(160)]));
    expect(nextSteps({ findings, ...shop }).map(({ id }) => id)).toEqual(['synchronous-query-on-event-loop']);
    const most = rows(loadsWith(FIRST, [query(128), blocked(160)]));
    expect(nextSteps({ findings: most, ...shop })).toHaveLength(1);
    const other = rows(loadsWith(FIRST, [query(127), blocked(160)]));
    expect(nextSteps({ findings: other, ...shop }).map(({ id }) => id)).toEqual([
      'server-loop-blocked',
      'synchronous-query-on-event-loop',
    ]);
  });

  test('is three things at most, those that explain most', () => {
    const found = [query(150), finding({ id: 'forced-reflow', explainsMs: 60 })];
    const more = [finding({ id: 'handler-too-long', explainsMs: 90 })];
    const most = [finding({ id: 'serial-requests', explainsMs: 70 })];
    const findings = rows(loadsWith(FIRST, [...found, ...more, ...most]));
    expect(nextSteps({ findings, ...shop }).map(({ id }) => id)).toEqual([
      'synchronous-query-on-event-loop',
      'handler-too-long',
      'serial-requests',
    ]);
  });

  test('names a symptom where its cause is of another step or variant', () => {
    const elsewhere = rows(loadsWith(FIRST, [blocked(160)]), loadsWith(SECOND, [query(150)]));
    expect(nextSteps({ findings: elsewhere, ...shop }).map(({ id }) => id)).toContain('server-loop-blocked');
    const [row] = rows(loadsWith(FIRST, [query(150)]));
    const findings = [
      ...rows(loadsWith(FIRST, [blocked(160)])),
      ...(row === undefined ? [] : [{ ...row, step: 'type' }]),
    ];
    expect(nextSteps({ findings, ...shop }).map(({ id }) => id)).toContain('server-loop-blocked');
  });

  test('names one cause once, where it explains most', () => {
    const findings = rows(loadsWith(FIRST, [query(150)]), loadsWith(SECOND, [query(300)]));
    const steps = nextSteps({ findings, ...shop });
    expect(steps).toHaveLength(1);
    expect(steps[0]?.sentence).toContain('300 ms');
  });

  test('is nothing that was seen in few loads', () => {
    expect(nextSteps({ findings: rows(loadsWith(FIRST, [query(900)], [], [])), ...shop })).toEqual([]);
  });

  test('begins with what takes no time and is wrong', () => {
    const wrong = finding({ id: 'not-awaited', explainsMs: 0 });
    const findings = rows(loadsWith(FIRST, [query(500), wrong]));
    expect(nextSteps({ findings, ...shop }).map(({ id }) => id)).toEqual([
      'not-awaited',
      'synchronous-query-on-event-loop',
    ]);
  });

  test('says so where it is a guess', () => {
    const guess = finding({ id: 'serial-requests', evidence: 'guessed' });
    const [step] = nextSteps({ findings: rows(loadsWith(FIRST, [guess])), ...shop });
    expect(step?.sentence).toContain('(in 1 of 1 loads, guessed)');
  });
});
