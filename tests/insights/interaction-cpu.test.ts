import { describe, expect, test } from 'vitest';
import { metricOf } from '../../src/result/summary/summarize.ts';
import { describeSteps } from '../support/described.ts';
import { interaction } from '../support/interactions.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread, PAGE, step, task, threadName, type TraceEvent } from '../support/trace-events.ts';

const IFRAME_PID = 30;

/** Of a click from 1010 to 1200 in a step from 1000 on, handled by the page's thread unless told otherwise. */
async function cpuOf(tasks: readonly TraceEvent[], pid: number = PAGE.pid): Promise<unknown> {
  const click = interaction({
    interactionId: 7,
    type: 'click',
    start: 1010,
    processing: [1100, 1150],
    end: 1200,
    pid,
  });
  const facts = await factsOf(
    mainThread,
    threadName(IFRAME_PID, PAGE.tid, 'CrRendererMain'),
    step(0, 1000, 1300),
    click,
    tasks,
  );
  const [only] = describeSteps(facts, ['click']);
  return only && metricOf(only, 'interactionCpuMs');
}

const cpu = (ms: number): TraceEvent => ({ tdur: ms * 1000 });

describe('the processor time of an interaction', () => {
  test('is that of the tasks within it, and of those that reach out of it by their part', async () => {
    // A fifth of the first, all of the second, half of the third; the last is after it.
    expect(
      await cpuOf([
        task(930, 100, cpu(50)),
        task(1050, 100, cpu(80)),
        task(1190, 20, cpu(20)),
        task(1200, 9, cpu(9)),
      ]),
    ).toBe(10 + 80 + 10);
  });

  test('has its part of a task that began before the step', async () => {
    expect(await cpuOf([task(900, 300, cpu(300))])).toBe(190);
  });

  test('is that of the thread that handled it: the page rests while an iframe of another process works', async () => {
    const inner = task(1100, 50, { pid: IFRAME_PID, ...cpu(40) });
    expect(await cpuOf([task(1100, 5, cpu(5)), inner], IFRAME_PID)).toBe(40);
  });

  test('is 0 where its tasks used none, and not known where that of one is not, or where there is none', async () => {
    const unknown = { unavailable: 'not-recorded' };
    expect(await cpuOf([task(1100, 50, cpu(0))])).toBe(0);
    expect(await cpuOf([task(1050, 10, cpu(10)), task(1100, 50)])).toEqual(unknown);
    expect(await cpuOf([task(1100, 50, cpu(50)), task(1250, 10)])).toBe(50);
    expect(await cpuOf([task(1250, 10, cpu(10))])).toEqual(unknown);
  });
});
