import { describe, expect, test } from 'vitest';
import { chainText, stepChainsText } from '../../cli/output/chain-text.ts';
import type { ChainSegment, Interaction, Load, Session, StepResult } from '../../src/index.ts';
import { FIRST, interaction, loadOf, SECOND, stepResult, traceResult } from '../support/loads.ts';
import { NO_REQUEST_DETAILS } from '../support/sample-causes.ts';
import { sampleSession } from '../support/sample-session.ts';

type Part = readonly [kind: ChainSegment['kind'], ms: number, change?: Partial<ChainSegment>];

const clicked = (interactionId: number, ...parts: readonly Part[]): Interaction => ({
  ...interaction(
    16,
    parts.reduce((sum, [, durationMs]) => sum + durationMs, 0),
  ),
  interactionId,
  chain: {
    endsWith: 'contentful-paint',
    segments: parts.map(([kind, durationMs, change]) => ({
      kind,
      startMs: 0,
      durationMs,
      evidence: 'proven',
      request: null,
      ...change,
    })),
  },
});

const request = {
  ...NO_REQUEST_DETAILS,
  url: 'http://api.test/list\u001B[2J',
  method: 'GET',
  status: 200,
  startMs: 0,
  responseStartMs: 1,
  endMs: 2,
  responseEventMs: 2,
  serverTiming: [],
};

test('each interaction has a line of its largest parts, and whose event loop it waited for, the slowest first', () => {
  const lines = chainText(
    traceResult({
      requests: [request],
      interactions: [
        clicked(7, ['handler', 4], ['waiting', 30], ['rendering', 6]),
        clicked(
          8,
          ['handler', 3],
          ['serverQueue', 120, { request: 0 }],
          ['serverWork', 40, { request: 0, evidence: 'inferred' }],
          ['rendering', 9],
          ['presentation', 2],
        ),
        clicked(9, ['serverQueue', 5], ['serverWork', 20]),
        clicked(10, ['responseHandler', 12], ['network', 1]),
      ],
    }),
  );
  expect(lines).toEqual([
    'Where the time until the result went:',
    "    174 ms, click #8: server's loop blocked 120 + server work 40? + rendering 9 + handler 3 → the server's event loop · GET /list\\x1b[2J",
    '     40 ms, click #7: waiting for the server 30 + rendering 6 + handler 4 → the server or the network, which nothing tells apart',
    "     25 ms, click #9: server work 20 + server's loop blocked 5 → the server's own work",
    "     13 ms, click #10: response handler 12 + network 1 → the browser's main thread",
  ]);
});

test('the slowest is the one whose user waited longest, be it for the next paint', () => {
  const blocked = { ...clicked(1, ['handler', 30]), durationMs: 400 };
  const [, first, second] = chainText(traceResult({ interactions: [clicked(2, ['waiting', 300]), blocked] }));
  expect(first).toContain('click #1');
  expect(second).toContain('click #2');
});

test('parts of one kind are one', () => {
  const lines = chainText(
    traceResult({ interactions: [clicked(7, ['network', 3], ['serverWork', 1], ['network', 4])] }),
  );
  expect(lines[1]).toContain('network 7 + server work 1 → the network');
});

const CLOCK = {
  evidence: 'inferred',
  offsetMs: 1,
  driftPpm: 1,
  pairs: 1,
  contradicting: 0,
} as const;

test('a clock that is the page’s own is nothing to speak of', () => {
  const serverClock = { ...CLOCK, how: 'shared', reason: null, errorMs: 0 } as const;
  expect(chainText(traceResult({ interactions: [clicked(7, ['handler', 4])], serverClock }))).toHaveLength(2);
});

test.each([
  [
    'refused',
    { how: 'refused', reason: 'causality-broken', errorMs: { unavailable: 'not-known' } },
    /not used.*causality-broken/,
  ],
  ['estimated', { how: 'estimated', reason: null, errorMs: 1.26 }, /±1\.3 ms/],
] as const)('a clock that is %s is said to be', (_, change, said) => {
  const clock = { ...CLOCK, ...change };
  const lines = chainText(traceResult({ interactions: [clicked(7, ['handler', 4])], serverClock: clock }));
  expect(lines.at(-1)).toMatch(said);
});

test('a trace without a chain has no such lines', () => {
  expect(chainText(traceResult({ interactions: [clicked(7)] }))).toEqual([]);
});

const stepWith = (...parts: readonly Part[]): StepResult => ({
  ...stepResult('click', {}),
  interaction: clicked(7, ...parts),
});
const sessionOf = (...loads: readonly Load[]): Session => ({
  ...sampleSession(),
  loads,
  scenario: { name: 'shop', steps: [{ name: 'click', description: 'Click', expects: 'interaction' }] },
  variants: [FIRST, SECOND].map((name) => ({ name, description: name, url: 'http://page.test/' })),
});

describe('a session', () => {
  test('has a line for each step and variant, of the load in the middle of those that count', () => {
    const waits = [30, 10, 20].map((ms, round) =>
      loadOf([stepWith(['waiting', ms])], { variant: FIRST, round }),
    );
    const warmUp = loadOf([stepWith(['waiting', 1])], { variant: FIRST, round: 3, warmUp: true });
    const unfit = loadOf([stepWith(['waiting', 2])], { variant: FIRST, round: 4, status: 'invalid' });
    const second = loadOf([stepWith(['handler', 5])], { variant: SECOND, round: 0 });
    expect(stepChainsText(sessionOf(...waits, warmUp, unfit, second))).toEqual([
      'Where the time until the result went (the load in the middle):',
      '     20 ms, click, sync-backed: waiting for the server 20 → the server or the network, which nothing tells apart',
      "      5 ms, click, async-backed: handler 5 → the browser's main thread",
    ]);
  });

  test('without an interaction has none', () => {
    expect(
      stepChainsText(sessionOf(loadOf([stepResult('click', {})], { variant: FIRST, round: 0 }))),
    ).toEqual([]);
  });
});

test('only the five slowest have a line, and each its four largest parts', () => {
  const many = Array.from({ length: 7 }, (_, index) =>
    clicked(
      index,
      ['handler', 50 + index],
      ['network', 40],
      ['rendering', 30],
      ['download', 20],
      ['sending', 10],
    ),
  );
  const lines = chainText(traceResult({ interactions: [...many, clicked(99)] }));
  expect(lines).toHaveLength(6);
  expect(lines[1]).toContain('click #6: handler 56 + network 40 + rendering 30 + download 20 →');
});

test('a part is only as sure as each of its stretches', () => {
  const parts = [
    ['network', 3],
    ['network', 4, { evidence: 'guessed' }],
  ] as const;
  expect(chainText(traceResult({ interactions: [clicked(7, ...parts)] }))[1]).toContain('network 7?');
});

test('a chain that ends with the next paint says so', () => {
  const one = clicked(7, ['handler', 4]);
  const next = { ...one, chain: { ...one.chain, endsWith: 'next-paint' } } as const;
  expect(chainText(traceResult({ interactions: [next] }))[1]).toContain(' 4 ms to the next paint, click #7');
});

test('of a session of one version the line does not name it, and of an even number of loads the quicker is in the middle', () => {
  const waits = [30, 10].map((ms, round) => loadOf([stepWith(['waiting', ms])], { variant: FIRST, round }));
  const session = sessionOf(...waits);
  const lines = stepChainsText({ ...session, variants: session.variants.slice(0, 1) });
  expect(lines[1]).toMatch(/^ +10 ms, click: waiting/);
});
