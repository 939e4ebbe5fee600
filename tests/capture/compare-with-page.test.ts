import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import { compareWithPage, type TracedLoad } from '../../src/capture/session/compare-with-page.ts';
import type { ObservedLoad } from '../../src/capture/load/observed-load.ts';
import { disagreements } from '../../src/result/cross-check.ts';
import { sampleSession } from '../support/sample-session.ts';

/** A load of the sample session, whose first step's slowest interaction the page saw as it is told here. */
function tracedLoad(durationMs: number, idOff = 0): TracedLoad {
  const { trace, steps } = sampleSession().loads[0] ?? {};
  const [first] = steps ?? [];
  if (trace === null || trace === undefined || first === undefined)
    throw new Error('The sample has no load.');
  const { interaction } = first;
  if ('unavailable' in interaction) throw new Error('The sample’s step has no interaction.');
  const seen = {
    interactionId: interaction.interactionId + idOff,
    durationMs,
    icpMs: unavailable('no-entry'),
  };
  const page = pageWith([seen], first.step);
  const own = { ...interaction, durationMs: 40, icpMs: 100 };
  return {
    page,
    trace: { ...trace, inp: own, inpPerNavigation: [] },
    steps: [{ ...first, interaction: own }],
  };
}

const pageWith = (
  interactions: ObservedLoad['steps'][number]['interactions'],
  step: string,
): ObservedLoad => ({
  library: 'web-vitals 6',
  inpMs: 40,
  steps: [{ step, repetition: 0, interactions }],
});

const STEP = sampleSession().loads[0]?.steps[0]?.step ?? '';
const checkOf = (
  traced: TracedLoad | null,
  untraced: ObservedLoad | null = null,
): ReturnType<typeof compareWithPage> =>
  compareWithPage({ variant: 'page', steps: [STEP], traced, untraced, problems: [] });

describe('page and trace', () => {
  test('of the same interaction agree up to 8 ms, and no further', () => {
    const within = checkOf(tracedLoad(48));
    expect(within.steps[0]?.inp).toMatchObject({ traceMs: 40, pageMs: 48, differenceMs: 8 });
    expect(disagreements([within])).toEqual([]);
    for (const durationMs of [48.5, 31.5]) {
      expect(disagreements([checkOf(tracedLoad(durationMs))])).toMatchObject([
        { step: STEP, metric: 'INP', agreement: { differenceMs: durationMs - 40 } },
      ]);
    }
  });

  test('are not compared where the page saw another interaction', () => {
    const { inp } = checkOf(tracedLoad(400, 7)).steps[0] ?? {};
    expect(inp).toMatchObject({
      pageMs: { unavailable: 'no-entry' },
      differenceMs: { unavailable: 'no-entry' },
    });
  });

  test('have no ICP to compare where the page was told of none', () => {
    const { icp } = checkOf(tracedLoad(40)).steps[0] ?? {};
    expect(icp).toMatchObject({ traceMs: 100, differenceMs: { unavailable: 'no-entry' } });
  });
});

test('the untraced load shows its slowest interaction, and gives no verdict', () => {
  const untraced = pageWith(
    [
      { interactionId: 1, durationMs: unavailable('no-entry'), icpMs: 3 },
      { interactionId: 2, durationMs: 400, icpMs: 500 },
    ],
    STEP,
  );
  const check = checkOf(tracedLoad(40), untraced);
  expect(check.steps[0]).toMatchObject({ inp: { untracedMs: 400 }, icp: { untracedMs: 500 } });
  expect(disagreements([check])).toEqual([]);
});

test('a load of the check that failed leaves its figures unavailable, never 0', () => {
  const { page, steps } = checkOf(null);
  const failed = { unavailable: 'load-failed' };
  const none = { traceMs: failed, pageMs: failed, differenceMs: failed, untracedMs: failed };
  expect([page, steps[0]?.inp, steps[0]?.icp]).toEqual([none, none, none]);
});
