import { describe, expect, test } from 'vitest';
import {
  asyncTask,
  attributedChange,
  callback,
  clickAt,
  dispatch,
  microtasks,
  type NamedCallback,
  scriptRequest,
  stackTop,
  xhrState,
} from '../support/causes.ts';
import { describeSteps, describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { finishEvent, responseEvent } from '../support/requests.ts';
import { instant, mainThread, PAGE, step, task, type TraceEvent } from '../support/trace-events.ts';

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

test.each([
  [101, [[[0, 'inferred']]]],
  [100.999, [[]]],
  [105.001, [[[0, 'inferred']]]],
  [105.002, [[]]],
])('handlers from 101.001 to 105 are timed to a microsecond either way: at %f ms', async (sent, expected) => {
  expect(await causedBy(clickAt(100), scriptRequest(sent, 'a'))).toEqual(expected);
});

test('a handler of one interaction may run between those of another', async () => {
  const events = [
    clickAt(50, { interactionId: 1, type: 'pointerdown', asyncId: 'down' }),
    clickAt(300, { interactionId: 1 }),
    clickAt(200, { interactionId: 2, type: 'keydown', asyncId: 'key' }),
  ];
  const sent = [53, 203, 303].map((at) => scriptRequest(at, String(at)));
  const found = await causedBy(...events, ...sent);
  expect(found).toEqual([
    [
      [0, 'inferred'],
      [2, 'inferred'],
    ],
    [[1, 'inferred']],
  ]);
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

  test.each([
    ['its own name, where the debugger writes of the same call too', 103.1, 'timer'],
    ['the debugger’s, where that writes of another call', 103.101, 'async-task'],
  ])('by %s', async (_, at, kind) => {
    const timer = callback('timer', { id: 5, at: 103, runs: [[300, 10]] });
    const within = asyncTask(7, at, [300.01, 9.9]);
    expect(await causedBy(clickAt(100), timer, within, scriptRequest(305, 'a'))).toEqual([
      [[0, 'inferred', kind]],
    ]);
  });
});

describe('it is proven', () => {
  const DISPATCH = dispatch(101.5, 3);

  test('where the sending lies in the dispatch of the interaction’s own event', async () => {
    expect(await causedBy(clickAt(100), DISPATCH, scriptRequest(103, 'a'))).toEqual([[[0, 'proven']]]);
  });

  test('of an image too, which is asked for without a stack once the handler is done', async () => {
    const image = scriptRequest(103, 'a', { stack: [], fetchType: 'img' });
    expect(await causedBy(clickAt(100), DISPATCH, image)).toEqual([[[0, 'proven']]]);
  });

  test('not where it lies in the time of the handlers, and in the dispatch of something longer', async () => {
    const longer = dispatch(90, 30, 'load');
    expect(await causedBy(clickAt(100), longer, scriptRequest(103, 'a'))).toEqual([[[0, 'inferred']]]);
  });

  test.each([
    ['from the first microsecond to the last', dispatch(101, 4.001), 'proven'],
    ['and not where it began before', dispatch(100.999, 3), 'inferred'],
    ['nor where it ended after', dispatch(102, 3.002), 'inferred'],
  ])('where the dispatch lies in the time of the handlers, %s', async (_, event, evidence) => {
    expect(await causedBy(clickAt(100), event, scriptRequest(103, 'a'))).toEqual([[[0, evidence]]]);
  });

  test('where ids lead from such a dispatch to it', async () => {
    const timer = callback('timer', { id: 5, at: 103, runs: [[300, 10]] });
    expect(await causedBy(clickAt(100), DISPATCH, timer, scriptRequest(305, 'a'))).toEqual([
      [[0, 'proven', 'timer']],
    ]);
  });

  test('not where a link is told by an address', async () => {
    const first = scriptRequest(103, 'a', { fetchType: 'xmlhttprequest' });
    const events = [clickAt(100), DISPATCH, first, xhrState(200, 4, 'https://api.test/a', 10)];
    expect(await causedBy(...events, scriptRequest(205, 'b'))).toEqual([
      [
        [0, 'proven'],
        [1, 'inferred', 'xml-http-request'],
      ],
    ]);
  });

  test('where the code that waited for the answer changes the document, and Chrome says for whom', async () => {
    const events = [clickAt(100), scriptRequest(103, 'a'), task(200, 10), responseEvent('a', { seen: 201 })];
    const waiting = [microtasks(202, 5), attributedChange(204, 100)];
    expect(await causedBy(...events, waiting)).toEqual([[[0, 'proven']]]);
    expect(await causedBy(...events, [microtasks(202, 5), attributedChange(204, 90)])).toEqual([
      [[0, 'inferred']],
    ]);
  });
});

describe('what a request’s answer wakes is the interaction’s that sent the request', () => {
  const SENT = [clickAt(100), dispatch(101.5, 3), scriptRequest(103, 'a')];
  const HEADERS = [task(200, 10), responseEvent('a', { seen: 201 })];
  const BODY = [task(220, 5), finishEvent('a', { lastByte: 221, seen: 222 })];

  test('in the microtasks of the task that saw its headers: after `await fetch()`', async () => {
    const found = await causedBy(...SENT, ...HEADERS, microtasks(203, 5), scriptRequest(204, 'b'));
    expect(found).toEqual([
      [
        [0, 'proven'],
        [1, 'inferred', 'fetch'],
      ],
    ]);
  });

  test('in the first code after the end of its body: after `await response.json()`', async () => {
    const events = [...SENT, ...HEADERS, ...BODY, task(230, 5), microtasks(231, 3), scriptRequest(232, 'b')];
    expect(await causedBy(...events)).toEqual([
      [
        [0, 'proven'],
        [1, 'guessed', 'fetch-body'],
      ],
    ]);
    expect(await causedBy(...events, attributedChange(232.5, 100))).toEqual([
      [
        [0, 'proven'],
        [1, 'proven', 'fetch-body'],
      ],
    ]);
  });

  test('in the first code after the end of its body, up to 50 ms later', async () => {
    const events = [...SENT, ...HEADERS, ...BODY, microtasks(272, 3), scriptRequest(273, 'b')];
    expect(await causedBy(...events)).toMatchObject([[{}, [1, 'guessed', 'fetch-body']]]);
  });

  test('through one answer after the other', async () => {
    const second = [task(300, 10), responseEvent('b', { seen: 301 }), microtasks(303, 5)];
    const events = [...SENT, ...HEADERS, microtasks(203, 5), scriptRequest(204, 'b'), ...second];
    expect(await causedBy(...events, scriptRequest(304, 'c'))).toEqual([
      [
        [0, 'proven'],
        [1, 'inferred', 'fetch'],
        [2, 'inferred', 'fetch', 'fetch'],
      ],
    ]);
  });

  test.each([
    ['in another task', [task(211, 5), microtasks(212, 2), scriptRequest(213, 'b')]],
    ['before the headers were seen', [microtasks(200.2, 0.5), scriptRequest(200.5, 'b')]],
    [
      'in a timer of the task',
      [callback('timer', { id: 9, at: 20, runs: [[203, 5]] }), scriptRequest(204, 'b')],
    ],
  ])('and of nobody %s', async (_, events) => {
    expect(await causedBy(...SENT, ...HEADERS, ...events)).toEqual([[[0, 'proven']]]);
  });

  test.each([
    ['other code ran before', [dispatch(226, 2, 'scroll'), microtasks(231, 3), scriptRequest(232, 'b')]],
    ['more than 50 ms later', [microtasks(272.1, 3), scriptRequest(273, 'b')]],
  ])('and of nobody after the body, where it is %s', async (_, events) => {
    expect(await causedBy(...SENT, ...HEADERS, ...BODY, ...events)).toEqual([[[0, 'proven']]]);
  });
});

describe('code that changes the document for one interaction sends for it', () => {
  const LATER = [microtasks(300, 10), scriptRequest(305, 'a'), attributedChange(307, 100)];

  test('as Chrome attributes it, through whatever it came', async () => {
    expect(await causedBy(clickAt(100), ...LATER)).toEqual([[[0, 'inferred', 'task-attribution']]]);
  });

  test('and because of the answer to a request of the interaction’s, if one came just before', async () => {
    // Other code ran between the answer and the code that waited for it.
    const first = [scriptRequest(103, 'first'), finishEvent('first', { lastByte: 290, seen: 290 })];
    const between = [microtasks(292, 1)];
    expect(await causedBy(clickAt(100), ...first, ...between, ...LATER)).toEqual([
      [
        [0, 'inferred'],
        [1, 'inferred', 'fetch-body'],
      ],
    ]);
  });

  test.each([
    [255, 'fetch-body'],
    [254.9, 'task-attribution'],
  ])('an answer at %f, before a sending at 305, counts as its cause: %s', async (ended, through) => {
    const first = [scriptRequest(103, 'first'), finishEvent('first', { lastByte: ended, seen: ended })];
    expect(await causedBy(clickAt(100), ...first, microtasks(ended + 1, 1), ...LATER)).toEqual([
      [
        [0, 'inferred'],
        [1, 'inferred', through],
      ],
    ]);
  });

  test.each([
    ['that came last, of several', 290, 292, 'timer'],
    ['that had come, and not one that is yet to come', 290, 306, undefined],
  ])('of the answer %s', async (_, ended, putOff, through) => {
    const others = [microtasks(294, 1)];
    const first = [scriptRequest(103, 'first'), finishEvent('first', { lastByte: ended, seen: ended })];
    // The handler puts it off: what its answer leads to came through that.
    const timer = callback('timer', { id: 5, at: 104, runs: [[150, 2]] });
    const second = [scriptRequest(151, 'second'), finishEvent('second', { lastByte: putOff, seen: putOff })];
    const [found] = await causedBy(clickAt(100), ...first, timer, ...second, ...others, ...LATER);
    expect(found).toContainEqual([2, 'inferred', ...(through === undefined ? [] : [through]), 'fetch-body']);
  });

  test('unless it changes it for another too', async () => {
    const both = [clickAt(100), clickAt(200), ...LATER, attributedChange(308, 200)];
    expect(await causedBy(...both)).toEqual([[], []]);
  });

  test('unless another is one that the trace does not hold', async () => {
    expect(await causedBy(clickAt(100), ...LATER, attributedChange(308, 20))).toEqual([[]]);
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

test.each([
  ['a timer', 'TimerInstall', 'TimerFire'],
  ['a message', 'SchedulePostMessage', 'HandlePostMessage'],
])('%s without an id leads nowhere', async (_, request, run) => {
  const data = { frame: PAGE.frame };
  const events = [
    instant(request, 103, { args: { data } }),
    instant(run, 300, { ph: 'X', dur: 10_000, args: { data } }),
  ];
  expect(await causedBy(clickAt(100), events, scriptRequest(305, 'a'))).toEqual([[]]);
});

describe('an XMLHttpRequest is told by its address', () => {
  const DONE = [xhrState(200, 4, 'https://api.test/a', 10), scriptRequest(205, 'b')];

  test.each([
    ['of Chrome that does not say what sent it', [scriptRequest(103, 'a', { fetchType: undefined })]],
    [
      'that was redirected, by the first of them',
      [
        scriptRequest(103, 'a', { fetchType: 'xmlhttprequest' }),
        scriptRequest(110, 'a', { url: 'https://api.test/moved', fetchType: 'xmlhttprequest' }),
      ],
    ],
  ])('%s', async (_, sent) => {
    expect(await causedBy(clickAt(100), sent, DONE)).toMatchObject([
      [{}, [1, 'inferred', 'xml-http-request']],
    ]);
  });

  test('which a fetch may have too, and is none', async () => {
    expect(await causedBy(clickAt(100), scriptRequest(103, 'a'), DONE)).toEqual([[[0, 'inferred']]]);
  });
});

test('code in the microtasks after the answer to what was no fetch is not known to have waited for it', async () => {
  const sent = scriptRequest(103, 'a', { fetchType: 'xmlhttprequest' });
  const after = [
    task(200, 10),
    responseEvent('a', { seen: 201 }),
    microtasks(203, 5),
    scriptRequest(204, 'b'),
  ];
  expect(await causedBy(clickAt(100), sent, after)).toEqual([[[0, 'inferred']]]);
});

test('a callback that runs at the microsecond at which it was asked for was asked for first', async () => {
  const [install, fire] = callback('timer', { id: 5, at: 103, runs: [[103, 200]] });
  const events = [fire ?? {}, install ?? {}, scriptRequest(205, 'a')];
  expect(await causedBy(clickAt(100), ...events)).toEqual([[[0, 'inferred', 'timer']]]);
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
