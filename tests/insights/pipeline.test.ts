import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../../src/result/pipeline-result.ts';
import { clickAt, scriptRequest } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { exchange } from '../support/exchange.ts';
import { contentfulPaint } from '../support/interactions.ts';
import { call, layout, stackOf, style, work } from '../support/rendering.ts';
import { finishEvent } from '../support/requests.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, mainThread, task, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

async function pipelineOf(...events: Events): Promise<Pipeline> {
  const [click] = describeTrace('trace.json', await factsOf(mainThread, ...events)).interactions;
  if (click === undefined) throw new Error('the test has no interaction');
  return click.pipeline;
}

const bottleneck = async (...events: Events): Promise<Pipeline['bottleneck']> =>
  (await pipelineOf(...events)).bottleneck;

const stages = ({ stages: { eventLoop, dataFetching, rendering } }: Pipeline): readonly number[] => [
  eventLoop.wallMs,
  dataFetching.wallMs,
  rendering.wallMs,
];

/** A click at 100 whose result is presented at 300: its change is made from 280 to 284 and drawn by 292. */
const RESULT: Events = [
  clickAt(100),
  contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 }),
  call(280, 4, 'run', 1),
  layout(288, 4),
];

/** Sent at 103, there at 272, seen at 275. */
const FETCH: Events = [
  scriptRequest(103, 'a'),
  instant('ResourceReceiveResponse', 275, {
    args: {
      data: {
        requestId: 'a',
        statusCode: 200,
        timing: { requestTime: clock(104) / 1e6, sendStart: 0, sendEnd: 1, receiveHeadersEnd: 166 },
      },
    },
  }),
  finishEvent('a', { lastByte: 272, seen: 275 }),
];

describe('the time of an interaction', () => {
  test('divides over script, data and rendering, and adds up to ICP', async () => {
    const pipeline = await pipelineOf(...RESULT, ...FETCH);
    // Until 103 the handler, until 272 the data, until 284 its handler, until 300 the frame.
    expect(stages(pipeline)).toEqual([3 + 12, 169, 16]);
    expect(pipeline.bottleneck).toEqual({ stage: 'dataFetching', segment: 'waiting', wallMs: 165 });
  });

  test('that a script spends on forced layout is rendering', async () => {
    const pipeline = await pipelineOf(
      ...RESULT,
      ...FETCH,
      layout(281, 2, stackOf('https://page.test/app.js', 'run', 2)),
    );
    expect(stages(pipeline)).toEqual([3 + 10, 169, 18]);
    expect(pipeline.work).toMatchObject({ forcedReflowCount: 1, forcedReflowMs: 2, layoutCount: 2 });
  });

  test('that others draw while the data is on its way stays the wait for the data', async () => {
    expect(stages(await pipelineOf(...RESULT, ...FETCH, layout(150, 20)))).toEqual([15, 169, 16]);
  });

  test('of a click that changes nothing ends with the next paint', async () => {
    const pipeline = await pipelineOf(clickAt(100), layout(107, 3));
    expect(stages(pipeline).reduce((sum, wall) => sum + wall, 0)).toBeCloseTo(16, 3);
    expect(pipeline.bottleneck).toMatchObject({ stage: 'rendering', segment: 'presentation' });
  });
});

describe('the bottleneck is', () => {
  test('the longest part of the longest stage, though another stage has a longer part', async () => {
    // 70 ms of handler and 60 of what it put off, against 115 ms of waiting.
    const events = [
      clickAt(100, { processing: [101, 171], end: 180 }),
      contentfulPaint({ input: 100, modified: 340, painted: 350, presented: 360, nodeId: 5 }),
      exchange('a', { sent: 170, headers: 287, seen: 290, lastByte: 289 }),
      call(291, 55, 'render', 1),
      layout(348, 4),
    ];
    expect(await bottleneck(...events)).toEqual({ stage: 'eventLoop', segment: 'handler', wallMs: 69 });
  });

  test('the kind that takes longest in all, in several requests together', async () => {
    const first = exchange('first', { sent: 103, headers: 165, seen: 166, lastByte: 165 });
    const second = exchange('second', { sent: 170, headers: 232, seen: 276, lastByte: 275 });
    const found = await bottleneck(...RESULT, first, call(168, 3, 'next', 1), second);
    expect(found).toEqual({ stage: 'dataFetching', segment: 'waiting', wallMs: 120 });
  });

  test('the screen’s where drawing takes longest', async () => {
    const events = [
      clickAt(100),
      contentfulPaint({ input: 100, modified: 104, painted: 290, presented: 300, nodeId: 5 }),
      layout(106, 180),
    ];
    expect(await bottleneck(...events)).toMatchObject({ stage: 'rendering', segment: 'rendering' });
  });

  test('none where no time went by', async () => {
    const none = await pipelineOf(clickAt(100, { processing: [100, 100], end: 100 }));
    expect(stages(none)).toEqual([0, 0, 0]);
    expect(none.bottleneck).toEqual({ unavailable: 'no-time' });
  });
});

describe('the processor time of a stage', () => {
  test('is that of the tasks in it', async () => {
    const { stages: divided } = await pipelineOf(
      ...RESULT,
      ...FETCH,
      task(100, 3, { tdur: 2_000 }),
      task(150, 20, { tdur: 7_000 }),
      task(280, 4, { tdur: 4_000 }),
      task(288, 4, { tdur: 1_000 }),
    );
    expect(divided).toMatchObject({
      eventLoop: { cpuMs: 6 },
      dataFetching: { cpuMs: 7 },
      rendering: { cpuMs: 1 },
    });
  });

  test('is divided by wall time where a task lies in two', async () => {
    const { stages: divided } = await pipelineOf(...RESULT, ...FETCH, task(280, 12, { tdur: 6_000 }));
    expect(divided).toMatchObject({ eventLoop: { cpuMs: 2 }, rendering: { cpuMs: 4 } });
  });

  test('is none for a wait within a task that has other work to do', async () => {
    // One task from the click to the code on the answer, as a synchronous request makes it: 15 ms of script, 169 of waiting.
    const { stages: divided } = await pipelineOf(...RESULT, ...FETCH, task(100, 184, { tdur: 12_000 }));
    expect(divided).toMatchObject({ eventLoop: { cpuMs: 12 }, dataFetching: { cpuMs: 0 } });
  });

  test('is none of a task that waits for data and has no processor', async () => {
    const { stages: divided } = await pipelineOf(...RESULT, ...FETCH, task(150, 20, { tdur: 0 }));
    expect(divided).toMatchObject({
      eventLoop: { cpuMs: 0 },
      dataFetching: { cpuMs: 0 },
      rendering: { cpuMs: 0 },
    });
  });

  test('is unavailable where Chrome recorded none', async () => {
    const { stages: divided } = await pipelineOf(...RESULT, ...FETCH, task(280, 4));
    expect(divided.eventLoop.cpuMs).toEqual({ unavailable: 'not-recorded' });
  });

  test('is unavailable where no task was recorded, though code was seen to run', async () => {
    const { stages: divided } = await pipelineOf(...RESULT, ...FETCH, task(400, 4, { tdur: 1_000 }));
    for (const { cpuMs } of Object.values(divided)) expect(cpuMs).toEqual({ unavailable: 'not-recorded' });
  });
});

describe('what showing the result cost', () => {
  test('is told by kind, and what lies in another kind once', async () => {
    const { work: cost } = await pipelineOf(
      ...RESULT,
      style(285, 2),
      style(289, 1),
      work('Paint', 293, 3),
      work('Commit', 296, 2),
    );
    expect(cost).toMatchObject({
      timesMs: { style: 3, layout: 3, prePaint: 0, paint: 3, composite: 2 },
      layoutCount: 1,
      domModifications: { unavailable: 'not-recorded' },
    });
  });

  test('counts the layouts from the input to the result, and no other', async () => {
    const { work: cost } = await pipelineOf(
      ...RESULT,
      layout(90, 5),
      layout(99.998, 0.001),
      layout(100, 0.5),
      layout(299.999, 0.001),
      layout(300, 1),
    );
    expect(cost).toMatchObject({ layoutCount: 3 });
  });

  test('leaves out what Puppeteer forces when it looks for the result', async () => {
    const { work: cost } = await pipelineOf(...RESULT, layout(281, 2, stackOf('pptr:internal', 'poll', 1)));
    expect(cost).toMatchObject({ forcedReflowCount: 0, forcedReflowMs: 0 });
  });

  test('is unavailable where nothing of the thread was recorded', async () => {
    const { work: cost } = await pipelineOf(clickAt(100));
    expect(cost).toEqual({ unavailable: 'not-recorded' });
  });
});
