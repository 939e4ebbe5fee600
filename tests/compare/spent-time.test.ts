import { describe, expect, test } from 'vitest';
import { isUnavailable, unavailable } from '../../src/base/measure.ts';
import { spentTimes } from '../../src/compare/spent-time.ts';
import type { FrameScript } from '../../src/result/rendering-result.ts';
import type { ServerResult } from '../../src/result/server-result.ts';
import type { NetworkRequest, TraceResult } from '../../src/result/trace-result.ts';
import { loadOf, stepResult, traceResult } from '../support/loads.ts';
import { finding } from '../support/sample-findings.ts';
import { NO_REQUEST_DETAILS } from '../support/sample-causes.ts';

interface Happened {
  readonly trace?: Partial<TraceResult>;
  readonly requests?: readonly NetworkRequest[];
  readonly icp?: number;
}

/** What an interaction from 10 ms to 110 ms is said to have spent. Without samples, a reflow or a server, unless given. */
function spent({ trace = {}, requests = [], icp }: Happened) {
  const step = stepResult('click', icp === undefined ? { inp: 100 } : { inp: 100, icp });
  if (isUnavailable(step.interaction)) throw new Error('There is an interaction.');
  const interaction = { ...step.interaction, chain: { ...step.interaction.chain, segments: [] } };
  const load = loadOf([{ ...step, interaction, requests }], {
    variant: 'base',
    round: 0,
    trace: traceResult(trace),
  });
  return spentTimes(load, 'click').flat();
}

const request = (startMs: number, change: Partial<NetworkRequest> = {}): NetworkRequest => ({
  url: `http://a.test:81/rows?from=${String(startMs)}#x`,
  method: 'GET',
  status: 200,
  startMs,
  responseStartMs: startMs + 20,
  endMs: startMs + 30,
  responseEventMs: startMs + 40,
  serverTiming: [],
  ...NO_REQUEST_DETAILS,
  ...change,
});

const script = (startMs: number, change: Partial<FrameScript> = {}): FrameScript => ({
  startMs,
  durationMs: 8,
  invokerType: 'EVENT_HANDLER',
  invokerClass: 'BUTTON',
  invokerProperty: 'click',
  url: 'http://a.test/app.js',
  functionName: 'render',
  charPosition: 4,
  forcedStyleMs: 0,
  forcedLayoutMs: 0,
  pauseMs: 0,
  ...change,
});

const withScripts = (...scripts: readonly FrameScript[]): Happened => ({
  trace: {
    animationFrames: {
      count: 1,
      over50Count: 1,
      longest: [
        {
          startMs: 0,
          durationMs: 120,
          blockingMs: 0,
          renderStartMs: unavailable('no-rendering'),
          styleAndLayoutStartMs: unavailable('no-rendering'),
          firstUiEventMs: unavailable('no-input'),
          presentedMs: unavailable('not-presented'),
          scriptCount: scripts.length,
          scripts,
        },
      ],
    },
  },
});

const server = (change: Partial<ServerResult>): Happened => ({
  trace: {
    server: {
      agent: 'node',
      complete: true,
      droppedEvents: 0,
      loopBlocks: [],
      queries: [],
      requests: [],
      errors: [],
      ...change,
    },
  },
});

describe('what counts is what begins while the interaction waits', () => {
  const began = [9.9, 10, 109.9, 110, 149.9, 150];
  const startsOf = (icp?: number) =>
    spent({
      requests: began.map((at) => request(at, { method: String(at) })),
      ...(icp === undefined ? {} : { icp }),
    }).map(({ name }) => Number.parseFloat(name));

  test('from its input up to its next paint', () => {
    expect(startsOf()).toEqual([10, 109.9]);
  });

  test('or up to the paint of its result, if that is later', () => {
    expect(startsOf(140)).toEqual([10, 109.9, 110, 149.9]);
    expect(startsOf(40)).toEqual([10, 109.9]);
  });
});

test('a request takes until its last byte, or until the page heard of its response, and nothing where neither is known', () => {
  const none = { endMs: unavailable('unfinished') } as const;
  expect(
    spent({
      requests: [
        request(20),
        request(21, none),
        request(22, { ...none, responseEventMs: unavailable('no-response') }),
      ],
    }).map(({ kind, name, ms }) => [kind, name, ms]),
  ).toEqual([
    ['request', 'GET /rows', 30],
    ['request', 'GET /rows', 40],
  ]);
});

test('without samples the scripts of long frames are told, by what called them if they have no name', () => {
  const found = spent(
    withScripts(
      script(5),
      script(20),
      script(30, { functionName: '' }),
      script(40, { functionName: '', invokerProperty: '' }),
      script(50, { functionName: '', invokerClass: '', invokerProperty: '', invokerType: 'TIMER' }),
      script(60, { functionName: '', ...JSON_READ, invokerType: 'PROMISE_RESOLVE' }),
      script(70, { functionName: '', ...JSON_READ, invokerType: 'PROMISE_REJECT' }),
      script(80, {
        functionName: '',
        invokerClass: '',
        invokerProperty: '',
        invokerType: 'PROMISE_RESOLVE',
      }),
    ),
  );
  expect(found.map(({ name }) => name)).toEqual([
    'render',
    'BUTTON.onclick',
    'BUTTON.EVENT_HANDLER',
    'TIMER',
    'Response.json.then',
    'Response.json.catch',
    'Promise.then',
  ]);
  expect(found[0]).toEqual({
    kind: 'function',
    name: 'render',
    url: 'http://a.test/app.js',
    line: unavailable('not-recorded'),
    ms: 8,
  });
});

const JSON_READ = { invokerClass: 'Response', invokerProperty: 'json' };

test('a frame’s script has the line of what was found in it', () => {
  const code = { functionName: 'render', url: 'http://a.test/app.js', line: 7, column: 3 };
  const found = finding({
    startMs: 21,
    endMs: 27,
    where: {
      ...finding().where,
      code: [
        { ...code, side: 'server', line: 99 },
        { ...code, side: 'page' },
      ],
    },
  });
  const { trace } = withScripts(script(20), script(40), script(20.5, { functionName: 'other' }));
  const none = unavailable('not-recorded');
  expect(spent({ trace: { ...trace, findings: [found] } }).map(({ line }) => line)).toEqual([7, none, none]);
});

test('the server’s blocks and queries are told with the innermost place in its code', () => {
  const stack = [
    { functionName: 'rows', url: 'lab/routes.js', line: 24 },
    { functionName: 'serve', url: 'lab/server.js', line: 3 },
  ];
  const held = {
    startMs: 30,
    durationMs: 60,
    by: 'rows',
    kind: 'javascript',
    cpuMs: 58,
    starved: false,
    stack,
  };
  const starved = { ...held, startMs: 95, durationMs: 11, by: 'unknown', starved: true, stack: [] };
  const query = { startMs: 40, durationMs: 12, sql: 'SELECT ?', onLoop: false, stack: [] };
  expect(
    spent(
      server({
        loopBlocks: [held, starved, { ...held, startMs: 200 }],
        queries: [query, { ...query, startMs: 1 }],
      }),
    ),
  ).toEqual([
    { kind: 'server', name: 'loop blocked by rows', url: 'lab/routes.js', line: 24, ms: 60 },
    { kind: 'server', name: 'loop starved', url: '', line: unavailable('not-recorded'), ms: 11 },
    { kind: 'server', name: 'SELECT ?', url: '', line: unavailable('not-recorded'), ms: 12 },
  ]);
});

test('nothing is told of another step', () => {
  const load = loadOf([stepResult('type', { inp: 100 })], {
    variant: 'base',
    round: 0,
    trace: traceResult(),
  });
  expect(spentTimes(load, 'click')).toEqual([]);
  expect(spentTimes(load, 'type')).toHaveLength(1);
});
