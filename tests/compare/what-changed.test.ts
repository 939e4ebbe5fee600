import { expect, test } from 'vitest';
import { randomNumbers } from '../../src/base/random.ts';
import { isUnavailable, unavailable } from '../../src/base/measure.ts';
import { pairLoads } from '../../src/compare/load-pairs.ts';
import { whatChanged } from '../../src/compare/what-changed.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import type { ForcedReflow } from '../../src/result/rendering-result.ts';
import type { FunctionTime } from '../../src/result/cpu-result.ts';
import { loadOf, stepResult, traceResult } from '../support/loads.ts';

interface Spent {
  readonly functions?: Readonly<Record<string, number>>;
  readonly reflowMs?: number;
  readonly handlerMs?: number;
  /** Of the address of the page's scripts. */
  readonly host?: string;
}

const NOTHING = { busyMs: 0, functions: [], activities: [] };

const functionTime = (host: string, functionName: string, selfMs: number): FunctionTime => ({
  functionName,
  url: `${host}/app-0123abcd.js`,
  line: 7,
  column: 1,
  selfMs,
  totalMs: selfMs,
});

const reflow = (host: string, durationMs: number): ForcedReflow => ({
  kind: 'layout',
  startMs: 20,
  durationMs,
  url: `${host}/app.js`,
  line: 12,
  functionName: 'measure',
  lineFrom: 'stack',
  dirtiedBy: unavailable('not-recorded'),
});

function withChain(step: StepResult, handlerMs: number): StepResult {
  if (isUnavailable(step.interaction)) return step;
  const segment = {
    kind: 'handler',
    startMs: 10,
    durationMs: handlerMs,
    evidence: 'proven',
    request: null,
  } as const;
  return {
    ...step,
    interaction: { ...step.interaction, chain: { endsWith: 'next-paint', segments: [segment] } },
  };
}

function load(
  variant: string,
  round: number,
  { functions = {}, reflowMs = 0, handlerMs = 50, host = 'http://a.test' }: Spent,
): Load {
  const step = withChain(stepResult('click', { inp: 100 }), handlerMs);
  const base = traceResult();
  return loadOf([step], {
    variant,
    round,
    trace: {
      ...base,
      forcedReflows: { ...base.forcedReflows, worst: reflowMs === 0 ? [] : [reflow(host, reflowMs)] },
      cpuProfile: {
        totalMs: 0,
        sampleCount: 0,
        functionCount: 0,
        functions: [],
        activities: [],
        urlCount: 0,
        urls: [],
        interactions: [
          {
            interactionId: 7,
            startMs: 10,
            inputDelay: NOTHING,
            processing: {
              ...NOTHING,
              functions: Object.entries(functions).map(([name, ms]) => functionTime(host, name, ms)),
            },
            presentation: NOTHING,
          },
        ],
      },
    },
  });
}

const changesOf = (base: (round: number) => Spent, changed: (round: number) => Spent) => {
  const rounds = Array.from({ length: 12 }, (_, round) => round);
  return whatChanged(
    pairLoads(
      rounds.map((round) => load('base', round, base(round))),
      rounds.map((round) => load('changed', round, { host: 'http://b.test:81', ...changed(round) })),
    ),
    'click',
    5,
  ).changes;
};

const noise = randomNumbers(4);
const about = (ms: number): number => ms + 2 * (noise() - 0.5);

test('the function that takes longer is named, and what only varies is not', () => {
  const changes = changesOf(
    () => ({ functions: { render: about(20), parse: about(10) } }),
    () => ({ functions: { render: about(45), parse: about(10) } }),
  );
  expect(changes.map(({ kind, name, presence, line }) => [kind, name, presence, line])).toEqual([
    ['function', 'render', 'both', 7],
  ]);
  const [render] = changes;
  expect(render?.differenceMs).toBeGreaterThan(24);
  expect(render?.differenceMs).toBeLessThan(26);
  expect(render?.lowMs).toBeGreaterThan(23);
});

test('what is new and what is gone are named so, the largest difference first, after the stage they are part of', () => {
  const changes = changesOf(
    () => ({ functions: { old: about(8) }, handlerMs: 50 }),
    () => ({ functions: { sort: about(30) }, reflowMs: about(15), handlerMs: 90 }),
  );
  expect(changes.map(({ kind, name, presence }) => `${kind} ${name} ${presence}`)).toEqual([
    'stage handler both',
    'function sort new',
    'reflow measure new',
    'function old gone',
  ]);
});

test('the twenty largest changes are told', () => {
  const names = Array.from({ length: 21 }, (_, index) => `f${String(index)}`);
  const functions = (ms: number) => Object.fromEntries(names.map((name, index) => [name, ms + 2 * index]));
  const changes = changesOf(
    () => ({}),
    () => ({ functions: functions(10) }),
  );
  expect(changes.map(({ name }) => name)).toEqual(names.slice(1).toReversed());
});

const fit = (variant: string, round: number, ms: number) => load(variant, round, { functions: { f: ms } });

test('loads that are not fit, and rounds without a partner, are left out', () => {
  const unfit: Load = { ...fit('changed', 2, 900), status: 'invalid' };
  const pairs = pairLoads(
    [fit('base', 0, 10), fit('base', 1, 10), fit('base', 2, 10), fit('base', 3, 500)],
    [fit('changed', 0, 12), fit('changed', 1, 12), unfit],
  );
  expect(whatChanged(pairs, 'click', 1).changes).toMatchObject([{ baseMs: 10, changedMs: 12 }]);
});
