import { scaleLinear } from 'd3-scale';
import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import { inpRating } from '../../src/result/words/inp-rating.ts';
import { arrowPath } from '../../viewer/layout/arrow-path.ts';
import { figureGroups, waitingWords, wasWaiting } from '../../viewer/layout/figure-rows.ts';
import { figure, ms, percent, plural, reason, withUnit } from '../../viewer/layout/format.ts';
import { interactionBox } from '../../viewer/layout/interaction-box.ts';
import { intervalMarks } from '../../viewer/layout/interval.ts';
import { insidePlace, labelPlace } from '../../viewer/layout/label-place.ts';
import { icpOf, stepRuns, typicalRun } from '../../src/result/summary/step-runs.ts';
import { niceMax } from '../../viewer/layout/nice-max.ts';
import { ownFindings } from '../../viewer/layout/own-findings.ts';
import { requestBoxes } from '../../viewer/layout/request-boxes.ts';
import { requestLabel } from '../../viewer/layout/request-label.ts';
import { stepTimeline, type RequestSpan } from '../../viewer/layout/step-timeline.ts';
import { strip } from '../../viewer/layout/strip.ts';
import { NAME_PX, trackRows } from '../../viewer/layout/track-rows.ts';
import { finding } from '../support/sample-findings.ts';
import { sampleSession } from '../support/sample-session.ts';

const session = sampleSession();

test('the run to look at first is the one with the median wait, and no warm-up', () => {
  const runs = stepRuns(session, 'sync-backed', 'fetch-busy');
  const counted = runs.filter(({ load }) => !load.warmUp);
  const waits = counted.map((run) => icpOf(run) ?? Number.NaN).toSorted((a, b) => a - b);
  const typical = typicalRun(runs);
  expect(typical?.load.warmUp).toBe(false);
  expect(typical && icpOf(typical)).toBe(waits[2]); // the lower middle of six
});

test('invalid loads are not typical while there is a valid one, and better than nothing if there is none', () => {
  const [first, ...others] = stepRuns(session, 'sync-backed', 'fetch-idle').map((run) => ({
    ...run,
    load: { ...run.load, warmUp: false, status: 'invalid' as const },
  }));
  const valid = others[2] && { ...others[2], load: { ...others[2].load, status: 'valid' as const } };
  expect(first && typicalRun([first, ...others])).toBe(first);
  expect(first && valid && typicalRun([first, valid])).toBe(valid);
});

test('variants of one step lie beneath each other', () => {
  const names = figureGroups(session).map(({ step, rows }) => [
    step.name,
    ...rows.map(({ variant }) => variant),
  ]);
  expect(names[1]).toEqual(['fetch-busy', 'sync-backed', 'async-backed']);
});

test('a row has the figures of its own variant, and how many loads that count recorded the step', () => {
  const [group] = figureGroups(session);
  for (const { step, variant, metrics } of group?.rows ?? []) {
    const own = session.summary.find((row) => row.step === step && row.variant === variant);
    expect(metrics).toBe(own?.metrics);
  }
  const fewer = session.loads.map((load) => (load.round === 3 ? { ...load, steps: [] } : load));
  const runsOf = (loads: typeof fewer): number | undefined =>
    figureGroups({ ...session, loads })[0]?.rows[0]?.runs;
  expect(runsOf(fewer)).toBe((runsOf([...session.loads]) ?? 0) - 1);
});

test('a step that the summary lacks has a row that says so', () => {
  const [group] = figureGroups({ ...session, summary: [], loads: [] });
  expect(group?.rows[0]).toMatchObject({ runs: 0, metrics: { inpMs: unavailable('no-valid-load') } });
});

test.each([
  [200, 'good'],
  [200.1, 'needs improvement'],
  [500, 'needs improvement'],
  [500.1, 'poor'],
])('an INP of %d ms is rated %s', (inpMs, rating) => {
  expect(inpRating(inpMs)).toBe(rating);
});

test('only a long task with less than half of its time on the processor was waiting', () => {
  expect([wasWaiting(172, 18), wasWaiting(172, 86), wasWaiting(50, 1), wasWaiting(172, -1)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a longest task that was off the processor was waiting, unless the host was too busy to tell', () => {
  const busy = session.loads.map((load) => ({ ...load, integrity: { ...load.integrity, hostBusy: 0.9 } }));
  const [idleHost, busyHost] = [session, { ...session, loads: busy }].map((recorded) => {
    const steps = figureGroups(recorded).map(({ step, rows }) => [
      step.name,
      rows[0] && waitingWords(rows[0]),
    ]);
    return Object.fromEntries(steps);
  });
  expect(idleHost).toMatchObject({ 'sync-xhr-idle': 'waiting, not working', 'heavy-handler': undefined });
  expect(busyHost).toMatchObject({ 'sync-xhr-idle': 'waiting, or crowded out', 'heavy-handler': undefined });
});

test('figures are whole from 10 on and have one decimal below', () => {
  expect([0, 0.04, 4.25, 9.96, 16.4, 1240.6, -4.2, -0.01].map(figure)).toEqual([
    '0',
    '0',
    '4.3',
    '10',
    '16',
    '1,241',
    '−4.2',
    '0',
  ]);
  expect(ms(277.3)).toBe('277 ms');
});

test('shares are percents, counts agree with their nouns, and only counts have no unit', () => {
  expect([percent(0.123), percent(1)]).toEqual(['12.3 %', '100 %']);
  expect([plural(0, 'run'), plural(1, 'run'), plural(2, 'run')]).toEqual(['0 runs', '1 run', '2 runs']);
  expect([withUnit('longTaskCount', 3), withUnit('inpMs', 3)]).toEqual(['3', '3 ms']);
});

test('a reason that this page does not know is shown as it is', () => {
  expect(reason(unavailable('moon-in-the-way'))).toBe('moon in the way');
});

test('an interaction is a bar with a whisker on each side', () => {
  const [run] = stepRuns(session, 'sync-backed', 'sync-xhr-idle');
  const interaction = run && stepTimeline(run.result).interaction;
  if (interaction === undefined || 'unavailable' in interaction) throw new Error('the sample has one');
  const box = interactionBox(interaction, scaleLinear([0, 100], [0, 100]));
  expect(box.startX).toBe(0);
  expect(box.barX).toBeCloseTo(interaction.inputDelayMs);
  expect(box.barX + box.barWidth + interaction.presentationDelayMs).toBeCloseTo(box.endX);
  const brief = interactionBox({ ...interaction, processingDurationMs: 0 }, scaleLinear([0, 100], [0, 100]));
  expect(brief.barWidth).toBe(2);
});

test('requests that overlap are in lanes of their own, and a lane is used again once it is free', () => {
  const [run] = stepRuns(session, 'sync-backed', 'fetch-idle');
  const [request] = run?.result.requests ?? [];
  if (request === undefined) throw new Error('the sample has one');
  const span = (startMs: number, endMs: number): RequestSpan => ({
    request,
    startMs,
    endMs,
    responseMs: endMs,
    handledMs: undefined,
    finished: true,
  });
  const boxes = requestBoxes([span(0, 10), span(5, 20), span(12, 15)], scaleLinear([0, 20], [0, 200]));
  expect(boxes.map(({ lane, x, width }) => [lane, x, width])).toEqual([
    [0, 0, 100],
    [1, 50, 150],
    [0, 120, 30],
  ]);
  expect(boxes[1]?.waitWidth).toBe(150);
  const touching = requestBoxes([span(0, 10), span(10, 10)], scaleLinear([0, 20], [0, 200]));
  expect(touching.map(({ lane, width }) => [lane, width])).toEqual([
    [0, 100],
    [0, 2],
  ]);
  const many = requestBoxes(
    Array.from({ length: 12 }, () => span(0, 10)),
    scaleLinear([0, 20], [0, 200]),
  );
  expect(Math.max(...many.map(({ lane }) => lane))).toBe(7);
});

test('all charts of a step have their tracks at the same height', () => {
  const timelines = ['sync-backed', 'async-backed'].flatMap((variant) =>
    stepRuns(session, variant, 'fetch-busy').map(({ result }) => stepTimeline(result)),
  );
  const rows = trackRows(timelines);
  const ys = [rows.markers, rows.interaction, rows.network, rows.server, rows.main].map(({ y }) => y);
  expect(ys).toEqual(ys.toSorted((a, b) => a - b));
  expect(rows.main.y + rows.main.height).toBeLessThan(rows.height);
  // Each has room for its name above it.
  const all = [rows.markers, rows.interaction, rows.network, rows.server, rows.main];
  for (const [index, row] of all.slice(1).entries()) {
    const before = all[index] ?? rows.markers;
    expect(row.y - before.y - before.height).toBe(NAME_PX);
  }
  const [first] = timelines;
  if (first === undefined) throw new Error('the sample has some');
  const [paint] = first.paints;
  const painted = paint === undefined ? [] : [paint, paint, paint];
  expect(trackRows([{ ...first, paints: painted }]).markers.height).toBeGreaterThan(
    trackRows([{ ...first, paints: [] }]).markers.height,
  );
});

test('a label goes after its mark, before it near the right edge, and inside a long bar', () => {
  expect(labelPlace('click', { startX: 10, endX: 20, width: 500 })).toEqual({ x: 27, anchor: 'start' });
  expect(labelPlace('click', { startX: 470, endX: 490, width: 500 })).toEqual({ x: 463, anchor: 'end' });
  // Too long for either side, but not for the edge; and out of sight.
  expect(labelPlace('click', { startX: 10, endX: 490, width: 500 })).toEqual({ x: 496, anchor: 'end' });
  expect(labelPlace('click', { startX: -90, endX: -1, width: 500 })).toBeUndefined();
  expect(labelPlace('click', { startX: 501, endX: 600, width: 500 })).toBeUndefined();
  expect(insidePlace('click', -80, 400)).toEqual({ x: 6, anchor: 'start' });
  expect(insidePlace('click', 10, 20)).toBeUndefined();
});

test('equal values on a strip do not hide each other', () => {
  expect(strip([100, 100, 100, 300], 400).map(({ share, level }) => [share, level])).toEqual([
    [0.25, 0],
    [0.25, 1],
    [0.25, -1],
    [0.75, 0],
  ]);
  // Near enough to touch is as bad; and nothing may be the longest.
  expect(strip([100, 104, 130], 400).map(({ level }) => level)).toEqual([0, 1, 0]);
  expect(strip([0], 0)).toEqual([{ value: 0, share: 0, level: 0 }]);
});

test('a strip ends at a round number that holds every value', () => {
  expect([niceMax([696]), niceMax([0]), niceMax([])]).toEqual([800, 1, 1]);
});

test('the intervals of a claim share a scale that holds zero', () => {
  const shift = { estimateMs: 150, lowMs: 100, highMs: 200 };
  expect(intervalMarks([shift, unavailable('no-pairs')])).toEqual([
    { low: 0.5, high: 1, estimate: 0.75, zero: 0 },
    undefined,
  ]);
  const faster = { estimateMs: -150, lowMs: -200, highMs: -100 };
  expect(intervalMarks([faster])).toEqual([{ low: 0, high: 0.5, estimate: 0.25, zero: 1 }]);
  expect(intervalMarks([{ estimateMs: 0, lowMs: 0, highMs: 0 }])).toEqual([
    { low: 0, high: 0, estimate: 0, zero: 0 },
  ]);
});

test('a request is named by its path, and a long path by its end', () => {
  const [run] = stepRuns(session, 'sync-backed', 'fetch-idle');
  const [request] = run?.result.requests ?? [];
  if (request === undefined) throw new Error('the sample has one');
  expect(requestLabel(request)).toBe('GET /api/report · 200');
  expect(requestLabel({ ...request, url: `http://h/${'x'.repeat(99)}/end` })).toMatch(/^GET …x+\/end · 200$/);
  const exactly = `/${'x'.repeat(41)}`;
  expect(requestLabel({ ...request, url: `http://h${exactly}` })).toBe(`GET ${exactly} · 200`);
  expect(requestLabel({ ...request, url: `http://h${exactly}y` })).toBe(`GET …${'x'.repeat(40)}y · 200`);
  expect(requestLabel({ ...request, url: 'not a url', status: unavailable('no-response') })).toBe(
    'GET not a url',
  );
});

test('an arrow bows sideways, and the less the nearer its ends are to one height', () => {
  expect(arrowPath({ x: 10, y: 0 }, { x: 50, y: 90 })).toBe('M10 0C24 0 36 90 50 90');
  expect(arrowPath({ x: 10, y: 9 }, { x: 50, y: 0 })).toBe('M10 9C13 9 47 0 50 0');
});

test('what is found belongs to an interaction by its number and its time, which another document may share', () => {
  const found = [
    finding({ interactionId: 7, interactionStartMs: 10.0005 }),
    finding({ interactionId: 7, interactionStartMs: 900 }),
    finding({ interactionId: 8, interactionStartMs: 10 }),
  ];
  expect(ownFindings(found, { interactionId: 7, startMs: 10 })).toEqual(found.slice(0, 1));
});
