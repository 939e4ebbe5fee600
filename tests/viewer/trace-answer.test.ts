import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { ChainSegment } from '../../src/result/chain-result.ts';
import { interactionSpan } from '../../src/result/interaction-wait.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { slowestInteraction, withAir } from '../../viewer/layout/opening-view.ts';
import { traceAnswer } from '../../viewer/layout/trace-answer.ts';
import { interaction, traceResult } from '../support/loads.ts';
import { finding } from '../support/sample-findings.ts';

const NO_ICP = unavailable('no-contentful-change');
const named = (name: string): Pick<Interaction, 'target'> => ({ target: { nodeId: 5, name } });
const segment = (kind: ChainSegment['kind'], durationMs: number): ChainSegment => ({
  kind,
  startMs: 0,
  durationMs,
  evidence: 'inferred',
  request: null,
});

const slowestOf = (...interactions: readonly Interaction[]): number | undefined =>
  slowestInteraction(traceResult({ interactions }));

describe('the interaction whose user waited longest', () => {
  test('is told by the longer of the next paint and the result, whichever came later', () => {
    expect(slowestOf()).toBeUndefined();
    expect(slowestOf(interaction(40, NO_ICP), interaction(16, 300), interaction(200, 90))).toBe(1);
    expect(slowestOf(interaction(40, NO_ICP), interaction(16, 30), interaction(200, 90))).toBe(2);
    // Of two alike the first.
    expect(slowestOf(interaction(40, NO_ICP), interaction(40, NO_ICP))).toBe(0);
  });

  test('is not the one whose button was held longest', () => {
    const held = { ...interaction(24, 60), startMs: 100, icpStartMs: 2100 };
    expect(slowestOf(held, interaction(16, 800))).toBe(1);
  });

  test('lasts until the last that came of it: a button may be held before the click that the result counts from', () => {
    const held = { ...interaction(20, 50), startMs: 100, icpStartMs: 190 };
    expect(interactionSpan(held)).toEqual({ startMs: 100, endMs: 240 });
    expect(interactionSpan({ ...held, icpMs: NO_ICP })).toEqual({ startMs: 100, endMs: 120 });
    expect(interactionSpan({ ...held, durationMs: 300 })).toEqual({ startMs: 100, endMs: 400 });
  });

  test('is shown with air on both sides, a millisecond at least', () => {
    expect(withAir({ startMs: 100, endMs: 300 })).toEqual({ startMs: 70, endMs: 330 });
    expect(withAir({ startMs: 100, endMs: 102 })).toEqual({ startMs: 99, endMs: 103 });
  });
});

describe('the answer of a trace', () => {
  test('begins with what its user waited for, by name', () => {
    const slow = { ...interaction(16, 300), ...named('BUTTON.save') };
    expect(traceAnswer(traceResult({ interactions: [interaction(200, 210), slow] })).headline).toBe(
      'Users waited longest for the result of click on BUTTON.save: 300 ms. The next paint came after 16 ms (good)',
    );
  });

  test('speaks of the next paint where no result was painted', () => {
    expect(traceAnswer(traceResult({ interactions: [interaction(600, NO_ICP)] })).headline).toBe(
      'Users waited longest for the next paint after click: 600 ms (poor)',
    );
  });

  test('speaks of the next paint first where that took longer than the result', () => {
    const { headline } = traceAnswer(traceResult({ interactions: [interaction(600, 90)] }));
    expect(headline).toBe(
      'Users waited longest for the next paint after click: 600 ms (poor). The result came after 90 ms',
    );
  });

  test.each([
    [51, 'x'.repeat(51)],
    [52, `${'x'.repeat(50)}…`],
  ])('cuts a name to sixty letters: one of %i', (length, shown) => {
    const slow = { ...interaction(600, NO_ICP), ...named('x'.repeat(length)) };
    expect(traceAnswer(traceResult({ interactions: [slow] })).headline).toContain(`click on ${shown}: 600`);
  });

  test('says what most of the time went into, and how sure that is', () => {
    const chain = {
      endsWith: 'contentful-paint',
      segments: [segment('handler', 20), segment('connection', 70), segment('rendering', 10)],
    } as const;
    const [first] = traceAnswer(
      traceResult({ interactions: [{ ...interaction(16, 100), chain }] }),
    ).sentences;
    expect(first).toBe(
      'Of the 100 ms until its result was painted, most went into “DNS, TCP, TLS”: 70 ms (inferred).',
    );
    const marked = {
      endsWith: 'user-mark',
      segments: [segment('handler', 20), segment('waiting', 1180)],
    } as const;
    const [third] = traceAnswer(
      traceResult({ interactions: [{ ...interaction(24, 1200), chain: marked }] }),
    ).sentences;
    expect(third).toContain('Of the 1,200 ms until the page marked its result, most went into “');
    const next = { endsWith: 'next-paint', segments: [segment('handler', 20)] } as const;
    const [other] = traceAnswer(
      traceResult({ interactions: [{ ...interaction(20, NO_ICP), chain: next }] }),
    ).sentences;
    expect(other).toBe(
      'Of the 20 ms until the next paint, most went into “event handlers”: 20 ms (inferred).',
    );
  });

  test('says nothing of what is not known', () => {
    const { sentences } = traceAnswer(traceResult({ interactions: [interaction(20, NO_ICP)] }));
    expect(sentences).toEqual(['The main thread had no task of more than 50 ms.']);
  });

  const LONG = { count: 2, totalBlockingTimeMs: 122, longestMs: 172, tasks: [] };

  test.each([
    [
      'several long tasks',
      { longTasks: LONG },
      'had 2 long tasks, 122 ms of it over 50 ms; the longest took 172 ms.',
    ],
    ['one', { longTasks: { ...LONG, count: 1 } }, 'had 1 long task, 122 ms of it'],
    ['none', {}, 'had no task of more than 50 ms.'],
    [
      'not recorded',
      { longTasks: { ...LONG, count: unavailable('no-tasks') } },
      'No task of the main thread was recorded.',
    ],
    [
      'no main thread',
      { mainThread: unavailable('no-renderer-main-thread') },
      'The trace does not say which thread was the page’s main thread.',
    ],
  ] as const)('ends with how busy the main thread was: %s', (_, change, said) => {
    const { headline, sentences } = traceAnswer(traceResult(change));
    expect(headline).toBe('Nobody interacted with the page');
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(said);
  });
});

describe('what to do first', () => {
  const SLOWEST = { ...interaction(700, 710), interactionId: 7 };
  const own = finding({ interactionId: 7, explainsMs: 60, title: 'A small cause of the slowest' });
  const other = finding({
    interactionId: 8,
    interactionStartMs: 1036,
    explainsMs: 150,
    title: 'A large one',
  });

  const nextOf = (...findings: readonly (typeof own)[]): string | undefined =>
    traceAnswer(traceResult({ interactions: [SLOWEST], findings })).next?.replaceAll('\u00A0', ' ');

  test('is about the interaction that is named first', () => {
    expect(nextOf(other, own)).toBe(
      'A small cause of the slowest, report (shop/routes.ts:50), “SELECT * FROM orders WHERE id = ?”: 60 ms (proven). Use asynchronous calls.',
    );
  });

  test('is about another where nothing explains that one, and says so', () => {
    expect(nextOf(other)).toContain('A large one, report');
    expect(nextOf(other)).toContain('150 ms of the interaction at 1,036 ms (proven)');
  });

  test('is about what explains most', () => {
    expect(nextOf(own, { ...own, explainsMs: 600, title: 'The main cause' })).toContain('The main cause');
  });

  test('is nothing where nothing was found', () => {
    expect(nextOf()).toBeUndefined();
  });
});
