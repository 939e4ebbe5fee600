import { describe, expect, test } from 'vitest';
import { describeSteps } from '../../src/result/describe-steps.ts';
import { describeTrace } from '../../src/result/describe-trace.ts';
import {
  asyncTask,
  callback,
  clickAt,
  type NamedCallback,
  scriptRequest,
  stackTop,
  xhrState,
} from '../support/causes.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread, step, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

/** What each interaction caused: the request's place in the list, the evidence, and what lay between. */
async function causedBy(...events: Events): Promise<readonly unknown[]> {
  const { interactions } = describeTrace('trace.json', await factsOf(mainThread, ...events));
  return interactions.map(({ causedRequests }) =>
    causedRequests.map(({ request, evidence, through }) => [request, evidence, ...through]),
  );
}

test('a request that a handler sends is the interaction’s', async () => {
  expect(await causedBy(clickAt(100), scriptRequest(103, 'a'))).toEqual([[[0, 'inferred']]]);
});

test('a request is named by its place in the list of requests', async () => {
  const events = [scriptRequest(50, 'early'), clickAt(100), scriptRequest(103, 'a'), scriptRequest(104, 'b')];
  expect(await causedBy(...events)).toEqual([
    [
      [1, 'inferred'],
      [2, 'inferred'],
    ],
  ]);
});

describe('nobody’s is a request', () => {
  test.each([
    ['before the handler', scriptRequest(100.5, 'a')],
    ['after the handler', scriptRequest(110, 'a')],
    ['of another thread of the process', scriptRequest(103, 'a', { tid: 9 })],
    ['of another process', scriptRequest(103, 'a', { pid: 20 })],
    ['that no code sent', scriptRequest(103, 'a', { stack: [] })],
  ])('%s', async (_, request) => {
    expect(await causedBy(clickAt(100), request)).toEqual([[]]);
  });
});

test('the handler that began last is the cause: it runs inside the other', async () => {
  const outer = clickAt(100, { interactionId: 1, processing: [101.001, 150], end: 160 });
  const inner = clickAt(110, { interactionId: 2, processing: [111.001, 120], end: 170 });
  const found = await causedBy(outer, inner, scriptRequest(115, 'a'), scriptRequest(130, 'b'));
  expect(found).toEqual([[[1, 'inferred']], [[0, 'inferred']]]);
});

test('the handlers of all events of an interaction count, and no time between them', async () => {
  const press = clickAt(50, { interactionId: 7, type: 'pointerdown', asyncId: 'down' });
  const events = [press, clickAt(100, { interactionId: 7 })];
  const requests = [scriptRequest(53, 'a'), scriptRequest(80, 'b'), scriptRequest(103, 'c')];
  expect(await causedBy(...events, requests)).toEqual([
    [
      [0, 'inferred'],
      [2, 'inferred'],
    ],
  ]);
});

describe('what a handler asked for is the interaction’s', () => {
  test.each<NamedCallback>(['timer', 'animation-frame', 'idle-callback', 'message', 'posted-task'])(
    'by a %s',
    async (kind) => {
      const later = callback(kind, { id: 5, at: 103, runs: [[300, 10]] });
      expect(await causedBy(clickAt(100), later, scriptRequest(305, 'a'))).toEqual([[[0, 'inferred', kind]]]);
    },
  );

  test('through one after the other, in order of time, wherever the events stand', async () => {
    const events = [
      scriptRequest(505, 'a'),
      callback('idle-callback', { id: 1, at: 405, runs: [[500, 10]] }),
      callback('animation-frame', { id: 1, at: 305, runs: [[400, 10]] }),
      callback('timer', { id: 1, at: 103, runs: [[300, 10]] }),
      clickAt(100),
    ];
    expect(await causedBy(...events)).toEqual([
      [[0, 'inferred', 'timer', 'animation-frame', 'idle-callback']],
    ]);
  });

  test('every time that an interval fires', async () => {
    const interval = callback('timer', {
      id: 5,
      at: 103,
      runs: [
        [300, 10],
        [400, 10],
      ],
    });
    const found = await causedBy(clickAt(100), interval, scriptRequest(305, 'a'), scriptRequest(405, 'b'));
    expect(found).toEqual([
      [
        [0, 'inferred', 'timer'],
        [1, 'inferred', 'timer'],
      ],
    ]);
  });

  test('when an XMLHttpRequest of its answered, and its handler sends another', async () => {
    const first = scriptRequest(103, 'a', { fetchType: 'xmlhttprequest' });
    const events = [clickAt(100), first, xhrState(200, 4, 'https://api.test/a', 10), scriptRequest(205, 'b')];
    expect(await causedBy(...events)).toEqual([
      [
        [0, 'inferred'],
        [1, 'inferred', 'xml-http-request'],
      ],
    ]);
  });

  test('by the debugger’s async stacks: after an `await`, say', async () => {
    const awaited = asyncTask(7, 103, [300, 10]);
    expect(await causedBy(clickAt(100), awaited, scriptRequest(305, 'a'))).toEqual([
      [[0, 'inferred', 'async-task']],
    ]);
  });

  test('by its own name, where the debugger writes of the same call too', async () => {
    const timer = callback('timer', { id: 5, at: 103, runs: [[300, 10]] });
    const twice = asyncTask(7, 103.01, [300.01, 9.9]);
    expect(await causedBy(clickAt(100), timer, twice, scriptRequest(305, 'a'))).toEqual([
      [[0, 'inferred', 'timer']],
    ]);
  });
});

describe('an id means one thing only', () => {
  const send = scriptRequest(305, 'a');

  test.each([
    ['within a frame', { frame: 'INNER' }],
    ['within a process', { pid: 20 }],
    ['within a thread', { tid: 9 }],
  ])('%s', async (_, elsewhere) => {
    const [install] = callback('timer', { id: 5, at: 103, runs: [], ...elsewhere });
    const [, fire] = callback('timer', { id: 5, at: 0, runs: [[300, 10]] });
    expect(await causedBy(clickAt(100), install ?? [], fire ?? [], send)).toEqual([[]]);
  });

  test('until it is used again', async () => {
    const first = callback('timer', { id: 5, at: 103, runs: [] });
    const second = callback('timer', { id: 5, at: 200, runs: [[300, 10]] });
    expect(await causedBy(clickAt(100), second, first, send)).toEqual([[]]);
  });

  test('but a message may come from another process: from an iframe to its page, say', async () => {
    const [posted] = callback('message', { id: 5, at: 250, runs: [], pid: 20 });
    const [, handled] = callback('message', { id: 5, at: 0, runs: [[300, 10]] });
    const inIframe = clickAt(240, { pid: 20, processing: [241.001, 260], end: 270 });
    expect(await causedBy(inIframe, clickAt(100), posted ?? [], handled ?? [], send)).toEqual([
      [],
      [[0, 'inferred', 'message']],
    ]);
  });
});

test('callbacks that ask for themselves lead nowhere, and to no hang', async () => {
  const forever = callback('timer', { id: 5, at: 300, runs: [[300, 10]] });
  expect(await causedBy(clickAt(100), forever, scriptRequest(305, 'a'))).toEqual([[]]);
});

test('where handlers are timed in whole milliseconds only, a link is a guess', async () => {
  const old = clickAt(100, { processing: [102, 105], end: 116.5 });
  expect(await causedBy(old, scriptRequest(105.9, 'a'))).toEqual([[[0, 'guessed']]]);
});

test('a step names requests by their place in its own list', async () => {
  const events = [scriptRequest(20, 'before'), clickAt(100), scriptRequest(103, 'a'), step(0, 90, 400)];
  const [found] = describeSteps(await factsOf(mainThread, events.flat()), ['click'], undefined);
  expect(found?.interaction).toMatchObject({ causedRequests: [{ request: 0 }] });
  expect(found?.requests.map(({ url }) => url)).toEqual(['https://api.test/a']);
});

test('the line that sent a request is told as it is written', async () => {
  const request = scriptRequest(103, 'a', { stack: [stackTop('load', 12, 34), stackTop('onClick')] });
  const { requests } = describeTrace('trace.json', await factsOf(mainThread, request));
  expect(requests[0]?.initiator).toEqual({
    type: 'script',
    url: 'https://page.test/app.js',
    line: 12,
    column: 34,
    functionName: 'load',
  });
});
