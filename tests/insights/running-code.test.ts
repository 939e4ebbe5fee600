import { describe, expect, test } from 'vitest';
import { traceTime } from '../../src/base/units.ts';
import { byThread } from '../../src/insights/by-thread.ts';
import { runningCode } from '../../src/insights/running-code.ts';
import {
  animationFrame,
  call,
  META_NODES,
  profile,
  profileChunk,
  script,
  spanning,
} from '../support/rendering.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, mainThread, PAGE, type TraceEvent } from '../support/trace-events.ts';

/** Functions that ran from 100 to 200, with their lines. */
async function ranBetween(
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly string[]> {
  const stretch = { start: traceTime(clock(100)), end: traceTime(clock(200)) };
  const facts = await factsOf(mainThread, ...events);
  const positions = runningCode(PAGE, stretch, { facts, framesOf: byThread(facts.animationFrames) });
  return positions.map(({ functionName, line }) => `${functionName}:${String(line ?? '?')}`);
}

const frameScript = (from: number, to: number, name: string): readonly TraceEvent[] => [
  ...animationFrame(from - 1, to + 1),
  ...spanning('AnimationFrame::Script::Execute', from, to, {
    animation_frame_script_timing_info: {
      invoker_type: 'PROMISE_RESOLVE',
      source_location_url: 'https://page.test/app.js',
      source_location_function_name: name,
    },
  }),
];

describe('the code that ran longest', () => {
  test('is the function that the browser called, as far as it ran in the stretch', async () => {
    expect(
      await ranBetween(call(20, 100, 'before', 1), call(130, 30, 'within', 2), call(195, 90, 'after', 3)),
    ).toEqual(['within:2']);
  });

  test('may have begun before the stretch', async () => {
    expect(await ranBetween(call(50, 120, 'around', 1), call(60, 5, 'inner', 2))).toEqual(['around:1']);
  });

  test('is the script of a frame where Chrome wrote no call, as after a promise', async () => {
    expect(await ranBetween(call(101, 1, 'small', 1), frameScript(110, 190, 'show'))).toEqual(['show:?']);
    expect(await ranBetween(call(110, 80, 'show', 7), frameScript(110, 190, 'show'))).toEqual(['show:7']);
  });

  test('is the call where that took half as long as the script, and else the script', async () => {
    const half = [call(101, 40, 'half', 1), frameScript(110, 190, 'show')];
    expect(await ranBetween(...half)).toEqual(['half:1']);
    expect(await ranBetween(call(101, 39.9, 'less', 1), frameScript(110, 190, 'show'))).toEqual(['show:?']);
  });

  test('may be a script of a frame that began before another thread’s did', async () => {
    const elsewhere = frameScript(96, 99, 'other').map((event) => ({ ...event, pid: 20 }));
    expect(await ranBetween(frameScript(90, 190, 'show'), elsewhere)).toEqual(['show:?']);
  });

  test('is none of another thread, and none that ran before or after', async () => {
    const elsewhere = frameScript(110, 190, 'other').map((event) => ({ ...event, pid: 20 }));
    expect(
      await ranBetween(elsewhere, frameScript(50, 99, 'before'), frameScript(205, 250, 'after')),
    ).toEqual([]);
  });

  test('is the longest of a frame’s scripts, and one that has an address', async () => {
    const native = frameScript(101, 199, 'native').map((event): TraceEvent =>
      JSON.parse(JSON.stringify(event).replace('https://page.test/app.js', '')),
    );
    const [, , ...short] = frameScript(110, 120, 'short');
    const [, , ...long] = frameScript(130, 160, 'long');
    expect(await ranBetween(native, short, long)).toEqual(['long:?']);
  });

  test('begins with the function in which the processor was seen most, if it was sampled', async () => {
    const samples = [
      [5, 96],
      [6, 10],
      [6, 10],
      [7, 10],
    ] as const;
    const nodes = [...META_NODES, script(5, 1, 'run', 0), script(6, 5, 'sort', 9), script(7, 5, 'draw', 20)];
    expect(
      await ranBetween(
        profile(0),
        profileChunk(
          190,
          nodes,
          samples.map(([node, since]) => [node, since]),
        ),
        call(100, 90, 'run', 1),
      ),
    ).toEqual(['sort:10', 'run:1']);
  });

  test('is not known where nothing ran', async () => {
    expect(await ranBetween(call(10, 20, 'before', 1))).toEqual([]);
  });
});
