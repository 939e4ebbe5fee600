import { describe, expect, test } from 'vitest';
import { clickAt, scriptRequest } from '../support/causes.ts';
import { chainsOf, FETCH, RESULT, segmentsOf } from '../support/chains.ts';
import { type Exchange, exchange } from '../support/exchange.ts';
import { contentfulPaint } from '../support/interactions.ts';
import { call, layout } from '../support/rendering.ts';
import { instant } from '../support/trace-events.ts';

describe('handlers count from the event that Chrome follows', () => {
  // Chrome follows the click, whose pointer was pressed at 50.
  const press = clickAt(50, { interactionId: 100, type: 'pointerdown', asyncId: 'down' });
  const [, ...result] = RESULT;

  test('and not those of the pressing before it', async () => {
    const segments = await segmentsOf([press, ...RESULT, exchange('a', FETCH)]);
    expect(segments.slice(0, 2)).toEqual(['inputDelay 1.001', 'handler 1.999']);
  });

  test('all of them: a request that the last of them sends was not put off', async () => {
    const up = { interactionId: 100, type: 'pointerup', asyncId: 'up' };
    const segments = await segmentsOf([
      press,
      clickAt(100, { ...up, processing: [101.001, 102] }),
      clickAt(100, { processing: [102.5, 105] }),
      ...result,
      exchange('a', FETCH),
    ]);
    expect(segments.slice(0, 2)).toEqual(['inputDelay 1.001', 'handler 1.999']);
  });
});

test('the next paint waits for no answer, though one came before it', async () => {
  const early = { sent: 102, requested: 102.5, written: 103, headers: 106, seen: 107, lastByte: 106.5 };
  const [chain] = await chainsOf([clickAt(100), exchange('a', early), layout(107, 3)]);
  expect(chain?.segments.map(({ kind, request }) => [kind, request])).toEqual([
    ['inputDelay', null],
    ['handler', null],
    ['rendering', null],
    ['presentation', null],
  ]);
});

describe('the code on a response', () => {
  const quick = exchange('a', { ...FETCH, headers: 148, lastByte: 149, seen: 150 });
  /** When the main thread was said to be free for it, and how long its work on it took. */
  const divided = async (
    ...calls: readonly (readonly [start: number, ms: number])[]
  ): Promise<readonly string[]> => {
    const others = calls.map(([start, ms]) => call(start, ms, 'other', 9));
    const segments = await segmentsOf([...RESULT, quick, ...others]);
    return segments.filter((segment) => /^(mainThreadBusy|responseHandler)/.test(segment));
  };

  test('begins with the first that runs after it', async () => {
    expect(await divided([140, 2], [160, 5], [200, 50])).toEqual([
      'mainThreadBusy 11',
      'responseHandler 124',
    ]);
  });

  test.each([
    [
      'with the first after what was in its way for long',
      [
        [160, 5],
        [170, 50.001],
        [230, 5],
      ],
      [81, 54],
    ],
    [
      'with the first after the last of them',
      [
        [160, 60],
        [225, 51],
        [277, 1],
      ],
      [128, 7],
    ],
    [
      'with what follows at once',
      [
        [160, 60],
        [220, 5],
      ],
      [71, 64],
    ],
    ['with itself, where nothing follows what was in its way', [[160, 60]], [131, 4]],
  ] as const)('begins %s', async (_, calls, [busy, worked]) => {
    expect(await divided(...calls)).toEqual([
      `mainThreadBusy ${String(busy)}`,
      `responseHandler ${String(worked)}`,
    ]);
  });

  test('may itself be long', async () => {
    const [click, paint, , drawn] = RESULT;
    const long = [click ?? [], paint ?? [], call(215, 66, 'run', 1), drawn ?? []];
    const segments = await segmentsOf([...long, quick, call(200, 2, 'parse', 9)]);
    expect(segments.slice(-4)).toEqual([
      'mainThreadBusy 51',
      'responseHandler 81',
      'rendering 11',
      'presentation 8',
    ]);
  });
});

describe('a handler that makes the change itself', () => {
  test.each([104, 105])('at %i ms puts nothing off, though its task goes on', async (modified) => {
    expect(
      await segmentsOf([
        clickAt(100),
        contentfulPaint({ input: 100, modified, painted: 110, presented: 116, nodeId: 5 }),
        call(101, 5, 'onClick', 1),
        layout(108, 4),
      ]),
    ).toEqual(['inputDelay 1.001', 'handler 3.999', 'rendering 7', 'presentation 4']);
  });
});

describe('an image', () => {
  const asked: Exchange = { sent: 104, requested: 105, written: 106, headers: 200, seen: 205, lastByte: 270 };
  /** An image that a handler puts into the document at 104, and that is painted at 290. */
  const shown = [
    clickAt(100),
    contentfulPaint({
      input: 100,
      modified: 104,
      painted: 290,
      presented: 300,
      nodeId: 5,
      type: 'image',
      loaded: 275,
    }),
    layout(288, 4),
  ];
  const image = (id: string, given: Exchange = asked): ReturnType<typeof exchange> => [
    scriptRequest(given.sent, id, { resourceType: 'Image', fetchType: 'img', stack: [] }),
    ...exchange(id, given).slice(1),
  ];

  test('is waited for, and shown without any code', async () => {
    expect(await segmentsOf([...shown, image('picture')])).toEqual([
      'inputDelay 1.001',
      'handler 2.999',
      'queueing 1',
      'sending 1',
      'waiting 94',
      'download 70',
      'rendering 22',
      'presentation 8',
    ]);
  });

  test('that came after it was painted is another', async () => {
    const late = image('late', { ...asked, seen: 301, lastByte: 302 });
    const [chain] = await chainsOf([...shown, late]);
    expect(new Set(chain?.segments.map(({ request }) => request))).toEqual(new Set([null]));
  });

  test('does not stand for text that is the result', async () => {
    const picture = image('picture', { sent: 282, headers: 286, seen: 288, lastByte: 287 });
    const [chain] = await chainsOf([...RESULT, exchange('a', FETCH), picture]);
    const waited = chain?.segments.flatMap(({ request }) => request ?? []);
    expect(new Set(waited)).toEqual(new Set([0]));
  });
});

test('a response without times of the network, as from memory, took its time there', async () => {
  const memory = [
    scriptRequest(103, 'a'),
    instant('ResourceReceiveResponse', 150, { args: { data: { requestId: 'a', statusCode: 200 } } }),
    ...exchange('a', { ...FETCH, lastByte: 152 }).slice(2),
  ];
  expect((await segmentsOf([...RESULT, memory])).slice(1, 4)).toEqual([
    'handler 1.999',
    'cache 49',
    'mainThreadBusy 128',
  ]);
});
