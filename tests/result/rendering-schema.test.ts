import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.ts';
import { analysisSchema } from '../../src/result/schema/schema.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { describeTrace } from '../support/described.ts';
import { interaction } from '../support/interactions.ts';
import {
  animationFrame,
  call,
  invalidation,
  layout,
  META_NODES,
  profile,
  profileChunk,
  script,
  spanning,
  stackOf,
  style,
} from '../support/rendering.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, task, type TraceEvent } from '../support/trace-events.ts';

const parsed = (trace: TraceResult): unknown =>
  v.parse(analysisSchema, { schemaVersion: 1, kind: 'analysis', inpactVersion: VERSION, traces: [trace] })
    .traces[0];

const stack = stackOf('https://user:password@page.test/app.js?token=secret', 'measure', 3);
const everything: readonly TraceEvent[] = [
  ...mainThread,
  task(0, 100),
  call(10, 50, 'f', 1, 'https://page.test/app.js?token=secret'),
  invalidation('InvalidateLayout', 11, stack),
  style(12, 3, stack),
  layout(15, 10, stack),
  layout(70, 5),
  instant('LayoutShift', 75, { args: { data: { score: 0.5 } } }),
  ...animationFrame(0, 95, { id: 'a' }),
  ...spanning('AnimationFrame::Script::Execute', 10, 60, {
    animation_frame_script_timing_info: { source_location_url: 'https://page.test/?token=secret' },
  }),
  ...interaction({ interactionId: 7, type: 'click', start: 5, processing: [10, 60], end: 99 }),
  profile(0),
  profileChunk(
    90,
    [...META_NODES, script(5, 1, 'f', 0)],
    [
      [5, 20],
      [5, 60],
    ],
  ),
];

describe('what a result says of frames, layout and functions', () => {
  test.each<readonly [string, readonly TraceEvent[]]>([
    ['a trace with all of it', everything],
    ['a trace with none of it', mainThread],
  ])('is what the schema promises: %s', async (_, events) => {
    const trace = describeTrace('trace.json', await factsOf(events));
    expect(parsed(trace)).toEqual(trace);
  });

  test('shows no secret of an address', async () => {
    const { animationFrames, forcedReflows, cpuProfile } = describeTrace('', await factsOf(everything));
    const text = JSON.stringify({ animationFrames, forcedReflows, cpuProfile });
    expect(text).toContain('token=[6 characters]');
    expect(text).not.toMatch(/secret|password/);
  });

  test('cuts names that the page chose to a sane length', async () => {
    const facts = await factsOf(everything, call(80, 9, 'x'.repeat(5_000), 1));
    const { cpuProfile } = describeTrace('', facts);
    expect(JSON.stringify(cpuProfile)).not.toContain('x'.repeat(201));
  });
});
