import { describe, expect, test } from 'vitest';
import { clickAt, scriptRequest, stackTop, xhrState } from '../../support/causes.ts';
import { exchange } from '../../support/exchange.ts';
import { CLICK, type Events, REPORT, said, status, URL } from '../../support/findings.ts';
import { contentfulPaint } from '../../support/interactions.ts';
import { call, layout, stackOf, style } from '../../support/rendering.ts';
import { sending } from '../../support/requests.ts';
import { served, traceParent } from '../../support/server-trace.ts';
import { clock, instant, task, type TraceEvent } from '../../support/trace-events.ts';

const APP = 'https://page.test/app.js';

/** From 103 to `until` the handler waits for the answer, and works until 3 ms later. */
const asking = (until: number): Events => [
  task(100.5, until - 97.5, { tdur: 4000 }),
  clickAt(100, { processing: [101, until + 3], end: until + 13 }),
  scriptRequest(103, 'x', { url: URL, fetchType: 'xmlhttprequest', stack: [stackTop('ask', 12)] }),
  ...exchange('x', { ...REPORT, headers: until - 2, seen: until - 1, lastByte: until }).slice(1),
  xhrState(until - 1, 4, URL),
];

describe('a synchronous request', () => {
  const id = 'synchronous-xhr';

  test('is found with the line that sent it, and is a wait, not work', async () => {
    const { findings } = await said(id, asking(276));
    expect(findings).toMatchObject([
      {
        explainsMs: 173,
        evidence: 'proven',
        where: { code: [{ side: 'page', functionName: 'ask', line: 12 }], requests: [{ url: URL }] },
      },
    ]);
    expect(await status('handler-too-long', asking(276))).toBe('clear');
    expect(await status('waited-for-network-only', asking(276))).toBe('clear');
  });

  test.each([
    [119.6, 'clear'],
    [119.7, 'found'],
  ])('answered at %f is %s: one frame need not show', async (until, expected) => {
    expect(await status(id, asking(until))).toBe(expected);
  });

  test('that is none is not taken for one', async () => {
    expect(await status(id, [...CLICK, exchange('a', REPORT)])).toBe('clear');
  });
});

const handling = (ms: number, cpuMs: number | undefined = ms): Events => [
  task(101, ms, cpuMs === undefined ? {} : { tdur: cpuMs * 1000 }),
  clickAt(100, { processing: [101.001, 101.001 + ms], end: 120 + ms }),
  call(101.001, ms - 0.1, 'compute', 12),
];

describe('a handler', () => {
  const id = 'handler-too-long';

  test('that computes is found with the function that the browser called', async () => {
    const { findings } = await said(id, handling(120));
    expect(findings).toMatchObject([
      { evidence: 'proven', where: { code: [{ functionName: 'compute', line: 12, url: APP }] } },
    ]);
    expect(findings[0]?.explainsMs).toBeCloseTo(120, 1);
  });

  test.each([
    [49, 'clear'],
    [51, 'found'],
  ])('of %i ms is %s', async (ms, expected) => {
    expect(await status(id, handling(ms))).toBe(expected);
  });

  test('that waits, for a dialog or the processor, has not computed', async () => {
    expect(await status(id, handling(150, 3))).toBe('clear');
  });

  test('is measured by the clock where Chrome recorded no processor time', async () => {
    expect(await status(id, handling(120, undefined))).toBe('found');
  });

  test('that outlasts the paint counts up to it', async () => {
    expect(
      await status(id, [clickAt(100, { processing: [101, 251], end: 120 }), call(101, 150, 'f', 1)]),
    ).toBe('clear');
  });

  test('that lays the page out again and again is another finding', async () => {
    const reflows = Array.from({ length: 10 }, (_, index) =>
      layout(102 + index * 10, 8, stackOf(APP, 'compute', 13)),
    );
    expect(await status(id, [...handling(120), ...reflows])).toBe('clear');
    expect(await status('forced-reflow', [...handling(120), ...reflows])).toBe('found');
  });

  test('of a response counts too, over all of its tasks', async () => {
    const late: Events = [
      clickAt(100),
      contentfulPaint({ input: 100, modified: 218, painted: 225, presented: 230, nodeId: 5 }),
      exchange('a', { ...REPORT, headers: 118, seen: 119.5, lastByte: 119 }),
      task(119.4, 0.5, { tdur: 400 }),
      task(120, 99, { tdur: 98_000 }),
      call(120, 99, 'show', 20),
    ];
    const { findings } = await said(id, late);
    expect(findings).toMatchObject([{ where: { code: [{ functionName: 'show' }] } }]);
    expect(findings[0]?.sentence).toContain('The code that worked on the response');
  });
});

/** A click at 100 in the middle of a task that ends at `end`, and its handlers after that. */
const behind = (end: number, length: number): Events => [
  task(end - length, length),
  call(end - length + 1, length - 2, 'index', 8),
  clickAt(100, { processing: [end + 1.001, end + 3], end: end + 12 }),
];

describe('a long task in the way of an input', () => {
  const id = 'long-task-delayed-input';
  test('is found with what ran in it', async () => {
    const { findings } = await said(id, behind(180, 120));
    expect(findings).toMatchObject([
      { explainsMs: 80, evidence: 'proven', where: { code: [{ functionName: 'index' }] } },
    ]);
    expect(findings[0]?.sentence).toContain('80 ms for the end of a task of 120 ms');
  });

  test.each([
    ['of 50 ms', behind(140, 50), 'clear'],
    ['of 51 ms', behind(140, 51), 'found'],
    ['that ended within a frame', behind(116, 90), 'clear'],
    ['that ended after a frame', behind(117, 90), 'found'],
  ])('%s is %s', async (_, events, expected) => {
    expect(await status(id, events)).toBe(expected);
  });
});

describe('a long task in the way of a response', () => {
  const id = 'long-task-delayed-response-handler';
  /** The response is there at 131, and the code that shows it runs at 280. */
  const THERE = exchange('a', { ...REPORT, headers: 130, lastByte: 131, seen: 279 });

  test('is found with what ran in it', async () => {
    const { findings } = await said(id, [...CLICK, THERE, task(120, 155), call(121, 150, 'chart', 40)]);
    expect(findings).toMatchObject([
      { explainsMs: 144, where: { code: [{ functionName: 'chart', line: 40 }], requests: [{ url: URL }] } },
    ]);
    expect(findings[0]?.sentence).toContain('144 ms for the end of a task of 155 ms');
  });

  test('is not looked for before the response was there', async () => {
    const late = exchange('a', { ...REPORT, headers: 270, lastByte: 272, seen: 275 });
    expect(await status(id, [...CLICK, late, task(120, 140)])).toBe('clear');
  });

  test.each([
    ['of 50 ms', task(140, 50), 'clear'],
    ['of 51 ms', task(140, 51), 'found'],
    ['of 60 ms, of which less than a frame was in the way', task(87, 60), 'clear'],
    ['of which a frame was in the way', task(88, 60), 'found'],
  ])('%s is %s', async (_, long, expected) => {
    expect(await status(id, [...CLICK, THERE, long])).toBe(expected);
  });
});

/** Code from 200 to 284 that makes the change, and so often forces layout for 4 ms. */
const forcing = (times: number, stack: TraceEvent = stackOf(APP, 'measure', 12)): Events => [
  clickAt(100),
  contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 }),
  call(200, 84, 'show', 1),
  ...Array.from({ length: times }, (_, index) => layout(201 + index * 5, 4, stack)),
  layout(288, 4),
];

describe('forced style and layout', () => {
  const id = 'forced-reflow';

  test('is found with the line that forced most of it', async () => {
    const { findings } = await said(id, [...forcing(10), style(270, 2, stackOf(APP, 'other', 90))]);
    expect(findings).toMatchObject([
      { explainsMs: 42, where: { code: [{ functionName: 'measure', line: 12 }] } },
    ]);
    expect(findings[0]?.sentence).toContain('11 times');
  });

  test.each([
    [7, 'clear'],
    [8, 'found'],
  ])('%i times 4 ms is %s', async (times, expected) => {
    expect(await status(id, forcing(times))).toBe(expected);
  });

  test.each([
    [29.9, 'clear'],
    [30, 'found'],
  ])('for %f ms is %s', async (ms, expected) => {
    expect(await status(id, [...forcing(0), layout(201, ms, stackOf(APP, 'measure', 12))])).toBe(expected);
  });

  test('of other scripts, while the response is awaited, is not the interaction’s', async () => {
    const others = Array.from({ length: 10 }, (_, index) =>
      layout(110 + index * 12, 10, stackOf(APP, 'ticker', 7)),
    );
    expect(await status(id, [...CLICK, exchange('a', REPORT), ...others])).toBe('clear');
  });

  test('by what drives the page is none of the page’s', async () => {
    expect(await status(id, forcing(10, stackOf('pptr:internal', 'poll', 1)))).toBe('clear');
  });

  test('before the next frame, unforced, is none', async () => {
    expect(await status(id, [...CLICK, exchange('a', REPORT), layout(285, 3)])).toBe('clear');
  });
});

const modifications = (domModifications: number): TraceEvent =>
  instant('SoftNavigationContext::OnPaintFinished', 299, {
    args: { context: { softNavContextId: 100, timeOrigin: clock(100), domModifications } },
  });

/** Drawn from 205 on, for so long. */
const drawnFor = (ms: number, ...more: Events): Events => [
  clickAt(100),
  contentfulPaint({ input: 100, modified: 201, painted: 290, presented: 300, nodeId: 5 }),
  call(200, 4, 'fill', 30),
  layout(205, ms),
  ...more,
];

describe('a large update', () => {
  const id = 'large-dom-update';

  test('is found with the number of changes and the code that made them', async () => {
    const { findings } = await said(id, drawnFor(60, modifications(5000)));
    expect(findings).toMatchObject([
      { explainsMs: 60, where: { code: [{ functionName: 'fill', line: 30 }] } },
    ]);
    expect(findings[0]?.sentence).toContain('5000 times');
  });

  test.each([
    [39, 100, 'clear'],
    [40, 100, 'found'],
    [40, 99, 'clear'],
  ])('that takes %i ms for %i changes is %s', async (ms, changes, expected) => {
    expect(await status(id, drawnFor(ms, modifications(changes)))).toBe(expected);
  });

  test('is not known where Chrome counts no changes', async () => {
    expect(await status(id, drawnFor(60))).toBe('dom-modifications-not-recorded');
    expect(await status(id, drawnFor(30))).toBe('clear');
  });
});

/** The first until 180, the second from then on. */
const twoRequests = (first: string, second: string): Events => [
  ...CLICK,
  exchange('first', { ...REPORT, url: first, headers: 176, seen: 178, lastByte: 177 }),
  call(179, 3, 'then', 1),
  exchange('second', { ...REPORT, url: second, sent: 180, requested: 181, written: 182 }),
];

describe('requests one after the other', () => {
  const id = 'serial-requests';

  test('are a guess: the shorter could be saved', async () => {
    const { findings } = await said(id, twoRequests('https://api.test/user', 'https://api.test/orders'));
    expect(findings).toMatchObject([
      {
        evidence: 'guessed',
        where: { requests: [{ url: 'https://api.test/user' }, { url: 'https://api.test/orders' }] },
      },
    ]);
    expect(findings[0]?.explainsMs).toBeCloseTo(74, 0);
    expect(findings[0]?.sentence).toMatch(/if none needs what another brings\. \(Guessed\.\)$/);
  });

  test('may need each other where the second address goes on from the first', async () => {
    expect(await status(id, twoRequests('https://api.test/orders', 'https://api.test/orders/17'))).toBe(
      'clear',
    );
    expect(await status(id, twoRequests('https://api.test/order', 'https://api.test/orders'))).toBe('found');
  });

  test('of which the first writes are in their right order', async () => {
    const written = twoRequests('https://api.test/user', 'https://api.test/orders').map((events) =>
      JSON.parse(JSON.stringify(events).replace('"requestMethod":"GET"', '"requestMethod":"POST"')),
    );
    expect(await status(id, written)).toBe('clear');
  });

  test('that take no time are none', async () => {
    const quick: Events = [
      ...CLICK,
      exchange('first', { ...REPORT, url: 'https://api.test/user', headers: 130, seen: 132, lastByte: 131 }),
      call(133, 3, 'then', 1),
      exchange('second', {
        ...REPORT,
        url: 'https://api.test/orders',
        sent: 134,
        requested: 135,
        written: 136,
      }),
    ];
    expect(await status(id, quick)).toBe('clear');
  });

  test('side by side are none', async () => {
    const beside = exchange('b', {
      ...REPORT,
      sent: 103.5,
      url: 'https://api.test/orders',
      headers: 260,
      seen: 262,
      lastByte: 261,
    });
    expect(await status(id, [...CLICK, exchange('a', REPORT), beside])).toBe('clear');
  });
});

describe('a wait for nothing but the response', () => {
  const id = 'waited-for-network-only';
  const serverTiming = traceParent('00000000000000ff');
  const page: Events = [...CLICK, exchange('a', { ...REPORT, serverTiming })];

  test('is a guess without the server’s trace, and says why', async () => {
    const { findings } = await said(id, page);
    expect(findings).toMatchObject([{ evidence: 'guessed', explainsMs: 169 }]);
    expect(findings[0]?.sentence).toContain('The server keeps no trace');
  });

  test('is the network’s where the server’s trace tells that the server was quick', async () => {
    const { findings } = await said(id, page, [
      served(180, 185, { path: '/report', id: '00000000000000ff' }),
    ]);
    expect(findings).toMatchObject([{ explainsMs: 164, evidence: 'proven' }]);
    expect(findings[0]?.sentence).toContain('went into the network');
  });

  test('is not the network’s where the server worked', async () => {
    expect(await status(id, page, [served(110, 265, { path: '/report', id: '00000000000000ff' })])).toBe(
      'clear',
    );
  });

  test('is not all of it where the code on the response took its time', async () => {
    const slow: Events = [...page, call(273, 6, 'parse', 1), task(210, 30)];
    expect(await status(id, slow)).toBe('found');
    expect(
      await status(id, [...CLICK, exchange('a', { ...REPORT, headers: 150, lastByte: 151, seen: 152 })]),
    ).toBe('clear');
  });

  test.each([
    [262.9, 'clear'],
    [263.1, 'found'],
  ])(
    'of a click that was shown after 200 ms, sent after 3 and answered at %f is %s',
    async (at, expected) => {
      const answer = exchange('a', { ...REPORT, headers: at - 2, lastByte: at, seen: at + 0.5 });
      expect(await status(id, [...CLICK, answer])).toBe(expected);
    },
  );

  test('is not looked for where nothing was asked', async () => {
    expect(await status(id, [...CLICK, sending('x', URL, 20)])).toBe('clear');
  });
});
