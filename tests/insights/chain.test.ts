import { describe, expect, test } from 'vitest';
import { micro } from '../../src/base/units.ts';
import { isTooVague } from '../../src/insights/chain.ts';
import { clickAt, scriptRequest, xhrState } from '../support/causes.ts';
import { chainsOf, evidenceOf, FETCH, RESULT, segmentsOf } from '../support/chains.ts';
import { exchange } from '../support/exchange.ts';
import { call, layout } from '../support/rendering.ts';
import { finishEvent } from '../support/requests.ts';
import { blocked, served, traceParent } from '../support/server-trace.ts';
import { instant, task } from '../support/trace-events.ts';

describe('a click that fetches', () => {
  test('is followed through its request to the paint of the result', async () => {
    expect(await segmentsOf([...RESULT, exchange('a', FETCH)])).toEqual([
      'inputDelay 1.001',
      'handler 1.999',
      'queueing 1',
      'sending 1',
      'waiting 165',
      'download 2',
      'mainThreadBusy 8',
      'responseHandler 4',
      'rendering 8',
      'presentation 8',
    ]);
  });

  test('names its request, and how sure each link is', async () => {
    const [chain] = await chainsOf([...RESULT, scriptRequest(50, 'early'), exchange('a', FETCH)]);
    expect(chain?.segments.filter(({ request }) => request === 1).map(({ kind }) => kind)).toEqual([
      'queueing',
      'sending',
      'waiting',
      'download',
    ]);
    // The handler sent it, and the first code after the answer made the change.
    expect(chain?.segments.find(({ kind }) => kind === 'waiting')?.evidence).toBe('proven');
  });

  test('is less sure where other code ran between the answer and the change', async () => {
    const other = call(276, 2, 'run', 1);
    expect(await evidenceOf([...RESULT, other, exchange('a', FETCH)])).toMatchObject({ waiting: 'inferred' });
  });

  test('that needs a connection says so', async () => {
    const segments = await segmentsOf([...RESULT, exchange('a', { ...FETCH, connected: 124, written: 125 })]);
    expect(segments).toContain('connection 20');
    expect(segments).toContain('waiting 145');
  });

  test('whose body trickles waits for the last byte', async () => {
    const segments = await segmentsOf([
      ...RESULT,
      exchange('a', { ...FETCH, headers: 110, seen: 112, lastByte: 278 }),
    ]);
    expect(segments).toContain('download 168');
    expect(segments).toContain('mainThreadBusy 2');
  });

  test('whose response has to wait for the main thread says so', async () => {
    const busy = task(120, 155);
    const segments = await segmentsOf([
      ...RESULT,
      busy,
      exchange('a', { ...FETCH, headers: 130, lastByte: 131, seen: 279 }),
    ]);
    expect(segments).toContain('waiting 25');
    expect(segments).toContain('mainThreadBusy 149');
  });

  test('from a timer that the handler set waited for it', async () => {
    const timer = [
      instant('TimerInstall', 104, { args: { data: { timerId: 3 } } }),
      instant('TimerFire', 150, { ph: 'X', dur: 2000, args: { data: { timerId: 3 } } }),
    ];
    const segments = await segmentsOf([
      ...RESULT,
      timer,
      exchange('a', { ...FETCH, sent: 151, requested: 152, written: 153 }),
    ]);
    expect(segments.slice(1, 3)).toEqual(['handler 3.999', 'scheduled 46']);
  });
});

describe('the server', () => {
  const url = 'https://api.test/list?page=2';

  test('that has a trace tells its queue from its work, and from the network', async () => {
    const segments = await segmentsOf(
      [...RESULT, exchange('a', { ...FETCH, url })],
      [served(210, 268, { path: '/list', headers: 266 }), blocked(60, 148)],
    );
    // The loop was blocked until 208: that is 103 of the 105 ms before the server began.
    expect(segments.slice(4, 8)).toEqual(['network 2', 'serverQueue 103', 'serverWork 56', 'network 4']);
  });

  test('is known by the id in the response, whatever else it serves', async () => {
    const events = [
      ...RESULT,
      exchange('a', { ...FETCH, url, serverTiming: `total;dur=5, ${traceParent('00000000000000ff')}` }),
    ];
    const server = [
      served(120, 130, { path: '/list', id: '00000000000000aa' }),
      served(200, 260, { path: '/list', id: '00000000000000ff' }),
    ];
    expect(await segmentsOf(events, server)).toContain('serverWork 60');
    expect(await evidenceOf(events, server)).toMatchObject({ serverWork: 'proven' });
  });

  test('is guessed where several of its requests fit', async () => {
    const server = [served(120, 130, { path: '/list' }), served(140, 150, { path: '/list' })];
    expect(await evidenceOf([...RESULT, exchange('a', { ...FETCH, url })], server)).toMatchObject({
      serverWork: 'guessed',
    });
  });

  test('whose request comes after the answer is another', async () => {
    expect(
      await segmentsOf([...RESULT, exchange('a', { ...FETCH, url })], [served(290, 295, { path: '/list' })]),
    ).toContain('waiting 165');
  });

  test('without a trace is inferred from its own figures', async () => {
    const events = [...RESULT, exchange('a', { ...FETCH, serverTiming: 'total;dur=60' })];
    expect((await segmentsOf(events)).slice(4, 6)).toEqual(['serverQueueOrNetwork 105', 'serverWork 60']);
    expect(await evidenceOf(events)).toMatchObject({ serverWork: 'inferred' });
  });

  test('that says for how long its loop was blocked is believed', async () => {
    const events = [...RESULT, exchange('a', { ...FETCH, serverTiming: 'loop;dur=100, total;dur=60' })];
    expect((await segmentsOf(events)).slice(4, 7)).toEqual(['network 5', 'serverQueue 100', 'serverWork 60']);
  });

  test('can claim no more time than there was', async () => {
    const events = [...RESULT, exchange('a', { ...FETCH, serverTiming: 'loop;dur=9000, total;dur=9000' })];
    expect((await segmentsOf(events)).slice(4, 5)).toEqual(['serverWork 165']);
  });
});

describe('of several requests', () => {
  test('side by side the one counts that came last', async () => {
    const quick = exchange('quick', { sent: 102.5, headers: 110, seen: 111, lastByte: 110 });
    const [chain] = await chainsOf([...RESULT, quick, exchange('a', FETCH)]);
    expect(new Set(chain?.segments.map(({ request }) => request))).toEqual(new Set([null, 1]));
  });

  test('one after the other each has its part, and the link is a guess', async () => {
    const first = exchange('first', { sent: 103, headers: 120, seen: 121, lastByte: 120 });
    const between = call(122, 6, 'run', 1);
    const second = exchange('second', { ...FETCH, sent: 125, requested: 126, written: 127 });
    const events = [...RESULT, first, between, second];
    const [chain] = await chainsOf(events);
    expect(chain?.segments.map(({ request }) => request)).toEqual([
      null,
      null,
      0,
      0,
      0,
      null,
      1,
      1,
      1,
      1,
      null,
      null,
      null,
      null,
    ]);
    expect(await segmentsOf(events)).toContain('betweenRequests 5');
    expect(await evidenceOf(events)).toMatchObject({ betweenRequests: 'guessed', inputDelay: 'proven' });
  });

  test('a poll is nobody’s', async () => {
    const url = 'https://api.test/poll';
    const before = exchange('before', { sent: 40, headers: 50, seen: 51, lastByte: 50, url });
    const poll = exchange('poll', { ...FETCH, sent: 160, requested: 161, written: 162, url });
    const interval = call(159, 3, 'run', 1);
    const segments = await segmentsOf([...RESULT, before, interval, poll]);
    expect(segments).toEqual([
      'inputDelay 1.001',
      'handler 3.999',
      'scheduled 175',
      'callback 4',
      'rendering 8',
      'presentation 8',
    ]);
  });

  test('three side by side, one of which was aborted and one is not over, leave the one that came', async () => {
    const aborted = [scriptRequest(102, 'aborted'), finishEvent('aborted', { seen: 278, failed: true })];
    const pending = scriptRequest(102.5, 'pending');
    const [chain] = await chainsOf([...RESULT, aborted, pending, exchange('a', FETCH)]);
    expect(new Set(chain?.segments.map(({ request }) => request))).toEqual(new Set([null, 2]));
  });

  test('one that was answered and aborted before its end brought no more than its headers', async () => {
    const [sent, response] = exchange('a', { ...FETCH, headers: 150, seen: 151, lastByte: 152 });
    const aborted = finishEvent('a', { lastByte: 280.5, seen: 280.5, failed: true });
    const segments = await segmentsOf([...RESULT, sent ?? [], response ?? [], aborted]);
    expect(segments).toContain('waiting 45');
  });

  test('one that nobody asked for in the interaction is somebody else’s', async () => {
    const parser = { ...scriptRequest(103, 'image', { stack: [] }) };
    const answer = exchange('image', FETCH).slice(1);
    expect((await segmentsOf([...RESULT, parser, answer])).join()).not.toMatch(/waiting|download/);
  });

  test('one that another click caused is that click’s', async () => {
    const events = [
      clickAt(40),
      exchange('early', { sent: 43, headers: 120, seen: 121, lastByte: 120 }),
      ...RESULT,
      exchange('a', FETCH),
    ];
    const chains = await chainsOf(events);
    const own = chains.map(({ segments }) => new Set(segments.map(({ request }) => request)));
    expect(own[1]).toEqual(new Set([null, 1]));
    expect(own[0]).not.toContain(1);
  });

  test('a poll that is answered while a click waits for its own request takes no part', async () => {
    const url = 'https://api.test/poll';
    const polls = [20, 90, 160, 230].map((at) =>
      exchange(`poll-${String(at)}`, { sent: at, headers: at + 8, seen: at + 9, lastByte: at + 8, url }),
    );
    const [chain] = await chainsOf([...RESULT, ...polls, exchange('a', FETCH)]);
    const fetched = new Set(chain?.segments.flatMap(({ request }) => request ?? []));
    expect(fetched.size).toBe(1);
    expect(await segmentsOf([...RESULT, ...polls, exchange('a', FETCH)])).toContain('waiting 165');
  });

  test('one that failed brought no result', async () => {
    const failed = [scriptRequest(103, 'a'), finishEvent('a', { seen: 200, failed: true })];
    expect((await segmentsOf([...RESULT, failed])).some((segment) => segment.startsWith('waiting'))).toBe(
      false,
    );
  });
});

test('a click without a request has handlers, what they put off, and the drawing', async () => {
  expect(await segmentsOf(RESULT)).toEqual([
    'inputDelay 1.001',
    'handler 3.999',
    'scheduled 175',
    'callback 4',
    'rendering 8',
    'presentation 8',
  ]);
});

test('a click without a paint of its own ends with the next paint', async () => {
  const [chain] = await chainsOf([clickAt(100), exchange('a', FETCH), layout(107, 3)]);
  expect(chain?.endsWith).toBe('next-paint');
  expect(chain?.segments.map(({ kind, durationMs }) => [kind, durationMs])).toEqual([
    ['inputDelay', 1.001],
    ['handler', 3.999],
    ['rendering', 5],
    ['presentation', 6],
  ]);
});

test('a synchronous request lies within the handler', async () => {
  const url = 'https://api.test/x';
  const events = [
    task(100.5, 190),
    clickAt(100, { processing: [101, 289], end: 300 }),
    scriptRequest(103, 'x', { url, fetchType: 'xmlhttprequest' }),
    ...exchange('x', { ...FETCH, url }).slice(1),
    xhrState(276, 4, url),
  ];
  const [chain] = await chainsOf(events);
  expect(chain?.segments.map(({ kind, evidence }) => `${kind} ${evidence}`)).toEqual([
    'inputDelay proven',
    'handler proven',
    'queueing proven',
    'sending proven',
    'waiting proven',
    'download proven',
    'handler proven',
    'presentation proven',
  ]);
});

describe('a response', () => {
  test.each([
    [50, ['mainThreadBusy 10', 'responseHandler 143']],
    [50.1, ['mainThreadBusy 149', 'responseHandler 4']],
  ])('is worked on from the first code after it: other code of %f ms', async (length, expected) => {
    const early = exchange('a', { ...FETCH, headers: 129, seen: 130, lastByte: 131 });
    const segments = await segmentsOf([...RESULT, early, call(141, length, 'other', 1)]);
    expect(segments.slice(6, 8)).toEqual(expected);
  });

  test('from a cache took its time there', async () => {
    const segments = await segmentsOf([
      ...RESULT,
      exchange('a', { ...FETCH, headers: 150, seen: 160, lastByte: 158, fromCache: true }),
    ]);
    expect(segments.slice(1, 4)).toEqual(['handler 1.999', 'cache 57', 'mainThreadBusy 120']);
  });

  test('from a service worker, too, where no server was asked', async () => {
    const given = { ...FETCH, fromServiceWorker: true, serverTiming: traceParent('00000000000000ff') };
    // It was served before: what the worker kept of that is given again.
    const old = served(20, 40, { path: '/a', id: '00000000000000ff' });
    expect(await segmentsOf([...RESULT, exchange('a', given)], [old])).toContain('cache 172');
  });

  test('that a service worker fetched goes on to the server', async () => {
    const given = { ...FETCH, fromServiceWorker: true, serverTiming: traceParent('00000000000000ff') };
    const server = [served(210, 268, { path: '/a', id: '00000000000000ff', headers: 266 }), blocked(60, 148)];
    expect((await segmentsOf([...RESULT, exchange('a', given)], server)).slice(2, 6)).toEqual([
      'network 2',
      'serverQueue 105',
      'serverWork 56',
      'network 9',
    ]);
  });

  test('after redirects is the last address’s, and the way there is one part', async () => {
    const redirected = [
      scriptRequest(103, 'a', { url: 'https://api.test/old' }),
      scriptRequest(180, 'a', { url: 'https://api.test/list' }),
      ...exchange('a', {
        ...FETCH,
        requested: 181,
        written: 182,
        serverTiming: traceParent('00000000000000ff'),
      }).slice(1),
    ];
    const server = [
      served(110, 170, { path: '/old', id: '00000000000000aa' }),
      served(200, 268, { path: '/list', id: '00000000000000ff', headers: 266 }),
    ];
    expect((await segmentsOf([...RESULT, ...redirected], server)).slice(1, 7)).toEqual([
      'handler 1.999',
      'redirect 77',
      'queueing 1',
      'sending 1',
      'network 18',
      'serverWork 66',
    ]);
  });
});

test.each([
  [19, true],
  [20, false],
])('a server’s clock that may be wrong by 10 µs says nothing of what took %i: %s', (length, isVague) => {
  const clock = {
    how: 'estimated',
    evidence: 'inferred',
    reason: undefined,
    offset: micro(500),
    error: micro(10),
    driftPpm: 0,
    pairs: 3,
    contradicting: 0,
  } as const;
  expect(isTooVague({ clock }, length)).toBe(isVague);
  expect(isTooVague({ clock: { ...clock, error: undefined } }, 0)).toBe(false);
});
