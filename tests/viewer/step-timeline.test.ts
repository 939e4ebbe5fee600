import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { StepResult } from '../../src/result/load.ts';
import type { Interaction, NetworkRequest } from '../../src/result/trace-result.ts';
import { timelineSentence } from '../../viewer/layout/sentence.ts';
import { blockCard } from '../../viewer/layout/cards.ts';
import { stepTimeline } from '../../viewer/layout/step-timeline.ts';
import { finding, NO_FINDINGS } from '../support/sample-findings.ts';
import { NO_INTERACTION_DETAILS, NO_REQUEST_DETAILS } from '../support/sample-causes.ts';

const click: Interaction = {
  interactionId: 1,
  pid: 1,
  tid: 1,
  type: 'click',
  startMs: 1040,
  durationMs: 177,
  inputDelayMs: 1,
  processingDurationMs: 172,
  presentationDelayMs: 4,
  icpSource: 'contentful-paint',
  icpStartMs: 1040,
  icpMs: 180,
  icpFirstMs: 180,
  ...NO_INTERACTION_DETAILS,
};

const request: NetworkRequest = {
  url: 'http://127.0.0.1/api',
  method: 'GET',
  status: 200,
  startMs: 1042,
  responseStartMs: 1200,
  endMs: 1204,
  responseEventMs: 1206,
  serverTiming: [],
  ...NO_REQUEST_DETAILS,
};

const step: StepResult = {
  step: 'sync-xhr',
  repetition: 0,
  startMs: 1000,
  endMs: 2000,
  interaction: click,
  longTasks: {
    count: 1,
    totalBlockingTimeMs: 122,
    longestMs: 172,
    tasks: [{ startMs: 1041, durationMs: 172, cpuMs: 18, blockingMs: 122 }],
  },
  requests: [request],
  serverLoop: {
    blockedDuringRequestMs: 150,
    blocks: [{ startMs: 1045, durationMs: 150, name: 'SELECT', cpuMs: 148, starved: false }],
  },
  ...NO_FINDINGS,
  tasks: { startMs: [1041], durationMs: [172], cpuMs: [18] },
};

test('all times count from the interaction', () => {
  const timeline = stepTimeline(step);
  expect(timeline.interaction).toMatchObject({ startMs: 0 });
  expect(timeline.requests[0]).toMatchObject({ startMs: 2, responseMs: 160, endMs: 164, handledMs: 166 });
  expect(timeline.blocks).toMatchObject([{ startMs: 5 }]);
  expect(timeline.tasks.startMs).toEqual([1]);
  expect(timeline.longTasks).toMatchObject([{ startMs: 1 }]);
  expect(timeline.extent).toEqual({ startMs: -40, endMs: 960 });
});

test('a step without interaction counts from its own start', () => {
  const timeline = stepTimeline({ ...step, interaction: unavailable('no-interactions') });
  expect(timeline.requests[0]?.startMs).toBe(42);
  expect(timeline.paints).toEqual([]);
});

test.each([
  ['one paint is one mark', 180, ['result']],
  ['an earlier first change is a second mark', 40, ['first', 'result']],
])('%s', (_, icpFirstMs, kinds) => {
  const { paints } = stepTimeline({ ...step, interaction: { ...click, icpFirstMs } });
  expect(paints.map(({ kind }) => kind)).toEqual(kinds);
});

test('a paint stands where it was made, though the button was held before the click that ICP counts from', () => {
  const held = { ...click, icpStartMs: click.startMs + 90 };
  const { paints } = stepTimeline({ ...step, interaction: held });
  expect(paints).toEqual([{ atMs: 270, waitMs: 180, kind: 'result' }]);
});

test('a chart opens on what happened, not on the silence after it', () => {
  const { eventful } = stepTimeline(step);
  expect(eventful.startMs).toBeLessThan(0);
  expect(eventful.endMs).toBeGreaterThan(195);
  expect(eventful.endMs).toBeLessThan(250);
});

test('a request without an end reaches to the end of the step and is marked as unfinished', () => {
  const endless = {
    ...request,
    endMs: unavailable('unfinished'),
    responseStartMs: unavailable('no-response'),
  };
  const [span] = stepTimeline({ ...step, requests: [endless] }).requests;
  expect(span).toMatchObject({ endMs: 960, responseMs: 960, finished: false });
});

test('a step in which nothing happened is shown whole', () => {
  const { eventful } = stepTimeline({
    ...step,
    interaction: unavailable('no-interactions'),
    longTasks: { count: 0, totalBlockingTimeMs: 0, longestMs: unavailable('no-tasks'), tasks: [] },
    requests: [],
    serverLoop: unavailable('no-server-trace'),
  });
  expect(eventful).toEqual({ startMs: 0, endMs: 1000 });
});

test('the sentence says that a long task with little processor time was waiting', () => {
  expect(timelineSentence(stepTimeline(step))).toBe(
    'The click took 177 ms to the next paint (1 ms input delay, 172 ms processing, 4 ms presentation delay), ' +
      'and its result was painted 180 ms after the input. ' +
      'The main thread had 1 long task of 172 ms, 18 ms of that on the processor: it was waiting, not working. ' +
      'The server’s event loop was blocked for 150 ms while the request waited.',
  );
  const marked = { ...click, icpSource: 'user-mark', icpMs: 1200 } as const;
  expect(timelineSentence(stepTimeline({ ...step, interaction: marked }))).toContain(
    'and the page marked its result 1,200 ms after the input. ',
  );
});

test.each([
  [90, 'and for 90 ms of that nothing of its own was seen to hold it'],
  [150, 'and nothing of its own was seen to hold it'],
])(
  'the sentence tells a loop that was starved for %i of its 150 ms from one that was blocked',
  (starvedMs, told) => {
    const starved = finding({ id: 'server-loop-starved', explainsMs: starvedMs });
    const sentence = timelineSentence(stepTimeline({ ...step, findings: [starved] }));
    expect(sentence).toContain('did not turn for 150 ms');
    expect(sentence).toContain(told);
    expect(sentence).not.toContain('loop was blocked');
  },
);

test('the sentence gives the reason where there is no figure', () => {
  const sentence = timelineSentence(
    stepTimeline({ ...step, interaction: { ...click, icpMs: unavailable('no-contentful-change') } }),
  );
  expect(sentence).toContain('not known (the interaction painted no new content)');
});

test('the card of a block says whether something held the loop, and for how long it had a processor', () => {
  const block = { startMs: 5, durationMs: 60, name: 'render', cpuMs: 58, starved: false };
  expect(blockCard(block)).toMatchObject({
    title: 'Server’s event loop blocked',
    facts: [
      ['By', 'render'],
      ['Start', '5 ms'],
      ['For', '60 ms'],
      ['On the processor', '58 ms'],
    ],
  });
  const starved = { ...block, cpuMs: unavailable('not-recorded'), starved: true } as const;
  expect(blockCard(starved).title).toBe('Server’s event loop could not run');
  expect(blockCard(starved).facts.at(-1)).toEqual(['On the processor', 'it was not recorded']);
});

const spanOf = (change: Partial<NetworkRequest>): unknown =>
  stepTimeline({ ...step, requests: [{ ...request, ...change }] }).requests[0];

describe('a request of which not all is known', () => {
  test('does not end before it began, though the step did', () => {
    const endless = {
      endMs: unavailable('unfinished'),
      responseStartMs: unavailable('no-response'),
    } as const;
    expect(spanOf({ ...endless, startMs: 2500 })).toMatchObject({ startMs: 1460, endMs: 1460 });
  });

  test('does not end before its response', () => {
    expect(spanOf({ endMs: unavailable('unfinished'), responseStartMs: 2500 })).toMatchObject({
      responseMs: 1460,
      endMs: 1460,
    });
  });
});

describe('a chart opens on all that happened', () => {
  const quiet: StepResult = {
    ...step,
    interaction: { ...click, durationMs: 16, icpMs: unavailable('no-contentful-change') },
    requests: [],
    longTasks: { count: 0, totalBlockingTimeMs: 0, longestMs: 5, tasks: [] },
    serverLoop: unavailable('no-server-trace'),
  };
  const endOf = (change: Partial<StepResult>): number =>
    stepTimeline({ ...quiet, ...change }).eventful.endMs / 1.14;

  test.each<readonly [string, Partial<StepResult>, number]>([
    ['a request', { requests: [request] }, 164],
    [
      'a long task',
      {
        longTasks: {
          ...step.longTasks,
          tasks: [{ startMs: 1141, durationMs: 172, cpuMs: 18, blockingMs: 122 }],
        },
      },
      273,
    ],
    ['a block of the server’s loop', { serverLoop: step.serverLoop }, 155],
    ['a paint', { interaction: { ...click, durationMs: 16 } }, 180],
    ['hardly anything', {}, 20],
  ])('the last of which is %s', (_, change, endMs) => {
    expect(endOf(change)).toBeCloseTo(endMs, 6);
  });

  test('but not on a request that never ended', () => {
    expect(endOf({ requests: [{ ...request, endMs: unavailable('unfinished') }] })).toBeCloseTo(20, 6);
  });

  test('also where that outlasts the step', () => {
    const { extent } = stepTimeline({ ...quiet, requests: [{ ...request, endMs: 2500 }] });
    expect(extent.endMs).toBeGreaterThan(1460);
  });
});

test('what else was found does not make a loop starved', () => {
  expect(stepTimeline({ ...step, findings: [finding({ explainsMs: 150 })] }).starvedMs).toBe(0);
});

describe('the sentence', () => {
  const long = { startMs: 1041, durationMs: 60, cpuMs: 55, blockingMs: 10 };

  test('speaks of the longest of several long tasks', () => {
    const tasks = [long, { ...long, startMs: 1300, durationMs: 90, cpuMs: 80 }];
    expect(timelineSentence(stepTimeline({ ...step, longTasks: { ...step.longTasks, tasks } }))).toContain(
      'had 2 long tasks, the longest of 90 ms, 80 ms of that on the processor: it was working.',
    );
  });

  test('does not judge a task whose processor time is unknown', () => {
    const tasks = [{ ...long, cpuMs: unavailable('not-recorded') }];
    expect(timelineSentence(stepTimeline({ ...step, longTasks: { ...step.longTasks, tasks } }))).toContain(
      'had 1 long task of 60 ms. The server’s',
    );
  });

  test('says that a loop was free, and nothing of one that is unknown', () => {
    const free = { blockedDuringRequestMs: 0, blocks: [] };
    expect(timelineSentence(stepTimeline({ ...step, serverLoop: free }))).toMatch(
      /The server’s event loop was free while the request waited\.$/,
    );
    expect(timelineSentence(stepTimeline({ ...step, serverLoop: unavailable('no-server-trace') }))).toMatch(
      /it was waiting, not working\.$/,
    );
  });
});
