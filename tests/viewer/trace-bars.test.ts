import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { NetworkRequest } from '../../src/result/trace-result.ts';
import type { ForcedReflowMark, ServerMark, ServerTrack, Tracks } from '../../src/tracks/tracks.ts';
import type { BarTrack } from '../../viewer/layout/bars.ts';
import {
  frameTrack,
  interactionTrack,
  networkTrack,
  serverTracks,
  timingTrack,
  waitTrack,
} from '../../viewer/layout/trace-bars.ts';
import { interaction, stepResult, traceResult } from '../support/loads.ts';
import { NO_REQUEST_DETAILS } from '../support/sample-causes.ts';
import { columns, pageTracks } from '../support/span-columns.ts';

const TRACKS: Tracks = pageTracks(columns(), []);

const request = (change: Partial<NetworkRequest> = {}): NetworkRequest => ({
  url: 'https://page.test/api',
  method: 'GET',
  status: 200,
  startMs: 100,
  responseStartMs: 160,
  endMs: 180,
  responseEventMs: 200,
  serverTiming: [],
  ...NO_REQUEST_DETAILS,
  ...change,
});

/** The kinds of a track's first bar's parts, each with where it begins and ends. */
const partsOf = ({ bars }: BarTrack): unknown =>
  bars[0]?.parts.map(({ kind, startMs, endMs }) => [kind, startMs, endMs]);

const queued = {
  queueingMs: 15,
  dnsMs: unavailable('not-needed'),
  connectMs: unavailable('not-needed'),
  tlsMs: unavailable('not-needed'),
  sendMs: 1,
  waitMs: 44,
  downloadMs: 20,
} as const;

describe('an interaction', () => {
  const [bar] = interactionTrack(traceResult({ interactions: [interaction(100.5, 300)] })).bars;

  test('is a bar for its handlers, with whiskers from the input to the next paint', () => {
    expect(bar?.parts).toEqual([{ kind: 'interaction', startMs: 10.5, endMs: 60.5 }]);
    expect(bar?.whiskers).toEqual({ startMs: 10, endMs: 110.5 });
    expect(bar?.endMs).toBe(110.5);
  });

  test('is named by its type, its duration and the wait for its result', () => {
    expect(bar?.text).toBe('click 101 ms · result after 300 ms');
    const none = interaction(100.5, unavailable('no-contentful-change'));
    expect(interactionTrack(traceResult({ interactions: [none] })).bars[0]?.text).toBe('click 101 ms');
  });

  test('has a bar of its own, though another document has used its number', () => {
    const twice = [interaction(16, 30), { ...interaction(16, 30), startMs: 500 }];
    const { bars } = interactionTrack(traceResult({ interactions: twice }));
    expect(new Set(bars.map(({ id }) => id)).size).toBe(2);
    expect(bars.map((own) => own.interaction)).toEqual([0, 1]);
  });
});

const requestTrack = (change: Partial<NetworkRequest>): BarTrack =>
  networkTrack(traceResult({ requests: [request(change)] }));

describe('a request', () => {
  test('is queued, waits for its headers, is downloaded, and held up until the main thread comes to it', () => {
    const track = requestTrack({ phases: queued });
    expect(partsOf(track)).toEqual([
      ['queued', 100, 115],
      ['waited', 115, 160],
      ['downloaded', 160, 180],
      ['held-up', 180, 200],
    ]);
    expect(track.bars[0]?.endMs).toBe(200);
    expect(track.bars[0]?.text).toBe('GET /api · 200');
  });

  test('has no part for what took no time or is unknown', () => {
    expect(partsOf(requestTrack({ responseEventMs: 170 }))).toEqual([
      ['waited', 100, 160],
      ['downloaded', 160, 180],
    ]);
    expect(requestTrack({ responseEventMs: 170 }).bars[0]?.endMs).toBe(180);
  });

  test('that never ended reaches to the end of the trace', () => {
    const endless = {
      endMs: unavailable('unfinished'),
      responseStartMs: unavailable('no-response'),
      responseEventMs: unavailable('no-response'),
      status: unavailable('no-response'),
    } as const;
    expect(partsOf(requestTrack(endless))).toEqual([['waited', 100, 1000]]);
  });

  test('cannot have queued for longer than it waited', () => {
    expect(partsOf(requestTrack({ phases: { ...queued, queueingMs: 500 } }))).toEqual([
      ['queued', 100, 160],
      ['downloaded', 160, 180],
      ['held-up', 180, 200],
    ]);
  });

  test('that stopped the main thread is said to be synchronous', () => {
    expect(requestTrack({ isSynchronous: true }).bars[0]?.text).toBe('GET /api · 200 · synchronous');
  });
});

const mark = (name: string, change: Partial<ServerMark> = {}): ServerMark => ({
  name,
  detail: '',
  startMs: 10,
  durationMs: 20,
  onLoop: false,
  ...change,
});

describe('the server', () => {
  const server: ServerTrack = {
    blocks: [mark('SELECT ?', { detail: 'database' })],
    requests: [mark('GET /list')],
    queries: [mark('SELECT 1', { onLoop: true }), mark('SELECT 2')],
    waits: [mark('view')],
    spans: [mark('render')],
  };
  const [loop, requests, queries] = serverTracks(server);

  test('has a track for its loop, one for its requests, and one for its queries, waits and spans', () => {
    expect([loop, requests, queries].map((track) => track?.bars.map(({ text }) => text))).toEqual([
      ['SELECT ?'],
      ['GET /list'],
      ['SELECT 1', 'SELECT 2', 'view', 'render'],
    ]);
    expect(queries?.bars.map(({ parts }) => parts[0]?.kind)).toEqual([
      'query-on-loop',
      'query',
      'server-wait',
      'query',
    ]);
    expect(new Set(queries?.bars.map(({ id }) => id)).size).toBe(4);
  });

  test('answers nobody while its loop is blocked or a query runs on it, and only then', () => {
    const noted = [loop, requests, queries].map((track) =>
      track?.bars.map(({ card }) => card.note !== undefined),
    );
    expect(noted).toEqual([[true], [false], [true, false, false, false]]);
  });

  test('says what held its loop, for how long and since when', () => {
    expect(loop?.bars[0]?.card).toMatchObject({
      title: 'Server’s event loop blocked',
      facts: [
        ['What', 'SELECT ?'],
        ['By', 'database'],
        ['Start', '10 ms'],
        ['For', '20 ms'],
      ],
    });
    expect(requests?.bars[0]?.card.facts.map(([name]) => name)).toEqual(['What', 'Start', 'For']);
  });
});

test('steps, paints and the page’s own timings share a track: a mark is a moment, a measure a stretch', () => {
  const paints = {
    firstContentfulPaintMs: 40,
    largestContentfulPaintMs: unavailable('not-recorded'),
    totalBlockingTimeAfterFcpMs: 0,
  } as const;
  const userTimings = [
    { name: 'ready', startMs: 50, durationMs: 0 },
    { name: 'load list', startMs: 60, durationMs: 30 },
  ];
  const { bars } = timingTrack(traceResult({ paints }), { ...TRACKS, userTimings }, [
    stepResult('click', {}),
  ]);
  expect(bars.map(({ text, parts }) => [text, parts[0]?.kind, parts[0]?.startMs, parts[0]?.endMs])).toEqual([
    ['Step: click', 'step', 0, 1000],
    ['First contentful paint', 'paint', 40, 40],
    ['ready', 'mark', 50, 50],
    ['load list', 'measure', 60, 90],
  ]);
  expect(bars.at(-1)?.card.facts).toEqual([
    ['Start', '60 ms'],
    ['For', '30 ms'],
  ]);
});

describe('an animation frame', () => {
  const frame = { startMs: 100, durationMs: 50, renderStartMs: 130, presentedMs: 166 };
  const barOf = (
    change: Partial<typeof frame> | { readonly presentedMs: null; readonly renderStartMs: null },
  ) => frameTrack({ ...TRACKS, animationFrames: [{ ...frame, ...change }] }).bars[0];

  test('is long from 50 ms on', () => {
    expect(barOf({})?.parts[0]?.kind).toBe('long-frame');
    expect(barOf({})?.card.title).toBe('Long animation frame');
    expect(barOf({ durationMs: 49.9 })?.parts[0]?.kind).toBe('frame');
    expect(barOf({ durationMs: 49.9 })?.card.title).toBe('Animation frame');
  });

  test('has a whisker until it is on the screen', () => {
    expect(barOf({})?.whiskers).toEqual({ startMs: 100, endMs: 166 });
    expect(barOf({ presentedMs: 120 })?.whiskers).toEqual({ startMs: 100, endMs: 150 });
  });

  test('that rendered nothing, or of which nothing more is known, says so', () => {
    const bar = barOf({ presentedMs: null, renderStartMs: null });
    expect(bar?.whiskers).toBeUndefined();
    expect(bar?.card.facts.slice(2)).toEqual([
      ['Rendering began', 'it rendered nothing'],
      ['On the screen', 'it was not recorded'],
    ]);
  });
});

const waitsOf = (requests: readonly NetworkRequest[], forcedReflows: readonly ForcedReflowMark[]) =>
  waitTrack(traceResult({ requests }), { ...TRACKS, forcedReflows }, { pid: 1, tid: 2 });

describe('what made a main thread stand still', () => {
  const reflow: ForcedReflowMark = {
    kind: 'layout',
    startMs: 5,
    durationMs: 3,
    pid: 1,
    tid: 2,
    by: 'f app.js:9',
  };

  test('is what it waited for synchronously, and what was forced on that thread', () => {
    const track = waitsOf(
      [request(), request({ isSynchronous: true }), request({ isSynchronous: true, tid: 9 })],
      [reflow, { ...reflow, kind: 'style', by: '' }, { ...reflow, pid: 9 }, { ...reflow, tid: 9 }],
    );
    expect(track?.bars.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['forced layout', 5, 8],
      ['forced style', 5, 8],
      ['waits for GET /api · 200', 100, 200],
    ]);
    expect(track?.bars.map(({ card }) => card.title)).toEqual([
      'Forced reflow',
      'Forced style recalculation',
      'The main thread stands still',
    ]);
    expect(track?.bars.map(({ card }) => card.facts[2])).toEqual([
      ['Asked for by', 'f app.js:9'],
      ['Asked for by', 'not recorded'],
      ['Wait', '100 ms'],
    ]);
  });

  test('ends with the answer where it is not told when the main thread came to it', () => {
    const unseen = request({ isSynchronous: true, responseEventMs: unavailable('no-response') });
    expect(waitsOf([unseen], [])?.bars[0]?.endMs).toBe(180);
    expect(waitsOf([request({ isSynchronous: true, responseEventMs: 170 })], [])?.bars[0]?.endMs).toBe(180);
  });

  test('has no track where there is none', () => {
    expect(waitsOf([request()], [{ ...reflow, tid: 9 }])).toBeUndefined();
  });
});

test('a track that is empty says why', () => {
  const nothing = traceResult();
  expect(
    [
      interactionTrack(nothing),
      networkTrack(nothing),
      frameTrack(TRACKS),
      timingTrack(nothing, TRACKS, []),
    ].map(({ note }) => note),
  ).toEqual(['none was recorded', 'no request', 'no animation frame was recorded', 'the page set none']);
});
