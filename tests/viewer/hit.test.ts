import { scaleLinear } from 'd3-scale';
import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { StepResult } from '../../src/result/load.ts';
import type { NetworkRequest } from '../../src/result/trace-result.ts';
import { cardAt, type Point } from '../../viewer/layout/hit.ts';
import { notableMarks } from '../../viewer/layout/notable-marks.ts';
import { stepTimeline } from '../../viewer/layout/step-timeline.ts';
import { LANE_PX, type Row, trackRows } from '../../viewer/layout/track-rows.ts';
import { interaction, stepResult } from '../support/loads.ts';
import { NO_REQUEST_DETAILS } from '../support/sample-causes.ts';

const request = (path: string, change: Partial<NetworkRequest>): NetworkRequest => ({
  url: `http://page.test/${path}`,
  method: 'GET',
  status: 200,
  startMs: 20,
  responseStartMs: 70,
  endMs: 80,
  responseEventMs: 81,
  serverTiming: [],
  ...NO_REQUEST_DETAILS,
  ...change,
});

/** The input is at 10 ms, where the chart's own clock begins. */
const STEP: StepResult = {
  ...stepResult('click', {}),
  interaction: interaction(100, unavailable('no-contentful-change')),
  requests: [
    // The main thread comes to it 30 ms after its end.
    request('first', { responseEventMs: 110 }),
    request('second', { startMs: 40, responseStartMs: 90, endMs: 100, responseEventMs: 101 }),
  ],
  serverLoop: {
    blockedDuringRequestMs: 40,
    blocks: [{ startMs: 30, durationMs: 40, name: 'SELECT', cpuMs: 39, starved: false }],
  },
  longTasks: {
    count: 1,
    totalBlockingTimeMs: 30,
    longestMs: 80,
    tasks: [{ startMs: 15, durationMs: 80, cpuMs: unavailable('not-recorded'), blockingMs: 30 }],
  },
  tasks: { startMs: [15, 120], durationMs: [80, 4], cpuMs: [-1, 3] },
};

/** A millisecond is 10 px, so that three pixels are 0.3 ms. */
const x = scaleLinear([0, 200], [0, 2000]);
const timeline = stepTimeline(STEP);
const rows = trackRows([timeline]);
const middle = ({ y, height }: Row): number => y + height / 2;
const titleAt = (point: Point, step: StepResult = STEP): string | undefined =>
  cardAt({ timeline: stepTimeline(step), rows, x }, point)?.title;

describe('what lies under the pointer', () => {
  test.each([
    ['the interaction', { x: 500, y: middle(rows.interaction) }, 'Interaction: click'],
    ['a request', { x: 150, y: rows.network.y + 5 }, 'GET http://page.test/first'],
    [
      'one that overlaps it, in its own lane',
      { x: 500, y: rows.network.y + LANE_PX + 5 },
      'GET http://page.test/second',
    ],
    ['a block of the server’s loop', { x: 300, y: middle(rows.server) }, 'Server’s event loop blocked'],
    ['a long task', { x: 500, y: middle(rows.main) }, 'Long task'],
    ['a short one', { x: 1120, y: middle(rows.main) }, 'Main-thread task'],
  ])('is %s', (_, point, title) => {
    expect(titleAt(point)).toBe(title);
  });

  test('is a request still while the main thread has not come to the response', () => {
    expect(titleAt({ x: 950, y: rows.network.y + 5 })).toBe('GET http://page.test/first');
    expect(titleAt({ x: 1010, y: rows.network.y + 5 })).toBeUndefined();
  });

  test.each([
    ['before a mark', -2, -4],
    ['after it', 1002, 1004],
  ])('counts up to three pixels %s', (_, on, beside) => {
    expect(titleAt({ x: on, y: middle(rows.interaction) })).toBe('Interaction: click');
    expect(titleAt({ x: beside, y: middle(rows.interaction) })).toBeUndefined();
  });

  test('is nothing between the tracks, in an empty lane, and where nothing was recorded', () => {
    expect(titleAt({ x: 500, y: rows.interaction.y - 5 })).toBeUndefined();
    expect(titleAt({ x: 50, y: rows.network.y + 5 })).toBeUndefined();
    expect(titleAt({ x: 1500, y: rows.network.y + 5 })).toBeUndefined();
    expect(titleAt({ x: 1500, y: middle(rows.server) })).toBeUndefined();
    expect(titleAt({ x: 1500, y: middle(rows.main) })).toBeUndefined();
    const without: StepResult = {
      ...STEP,
      interaction: unavailable('no-interactions'),
      serverLoop: unavailable('no-server-trace'),
    };
    expect(titleAt({ x: 500, y: middle(rows.interaction) }, without)).toBeUndefined();
    expect(titleAt({ x: 300, y: middle(rows.server) }, without)).toBeUndefined();
  });
});

describe('the marks at which the keyboard stops', () => {
  test('are all but the short tasks, as time goes, each in its track', () => {
    expect(notableMarks(timeline, rows).map(({ startMs, row, card }) => [startMs, row, card.title])).toEqual([
      [0, rows.interaction, 'Interaction: click'],
      [5, rows.main, 'Long task'],
      [10, rows.network, 'GET http://page.test/first'],
      [20, rows.server, 'Server’s event loop blocked'],
      [30, rows.network, 'GET http://page.test/second'],
    ]);
  });

  test('say of a task whose processor time is unknown that it is, and not that it waited', () => {
    const card = notableMarks(timeline, rows).find(({ row }) => row === rows.main)?.card;
    expect(card?.facts).toContainEqual(['CPU', 'not recorded']);
    expect(card?.note).toBeUndefined();
  });

  test('are not those that were not recorded', () => {
    const without = stepTimeline({
      ...STEP,
      interaction: unavailable('no-interactions'),
      serverLoop: unavailable('no-server-trace'),
    });
    expect(notableMarks(without, rows).map(({ row }) => row)).toEqual([
      rows.main,
      rows.network,
      rows.network,
    ]);
  });
});
