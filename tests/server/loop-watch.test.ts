import { pbkdf2 } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nowUs, type Span } from '../../src/server/clock.ts';
import { type Block, LoopWatch } from '../../src/server/loop-watch.ts';

const THRESHOLD_US = 10_000;
/** How often it looks while it is awake. */
const TICK_US = 5_000;

interface Watched {
  readonly watch: LoopWatch;
  readonly blocks: readonly Block[];
}

/** Rests as soon as nobody has asked for 20 ms. */
function watched(): Watched {
  const blocks: Block[] = [];
  const watch = new LoopWatch({
    thresholdUs: THRESHOLD_US,
    restAfterUs: 20_000,
    sampler: undefined,
    onBlock: (block) => blocks.push(block),
    onCount: () => undefined,
  });
  watch.start();
  onTestFinished(() => watch.stop());
  return { watch, blocks };
}

async function resting(): Promise<Watched> {
  const all = watched();
  await delay(100);
  return all;
}

/** Works for so long, and says when. */
function busyFor(ms: number): Span {
  const startUs = nowUs();
  while (nowUs() - startUs < ms * 1000);
  return { startUs, endUs: nowUs() };
}

/** Waits for so long, and lets nothing else run. */
function standStillFor(ms: number): Span {
  const startUs = nowUs();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return { startUs, endUs: nowUs() };
}

/** Called by the loop right after its wait: long enough after this that the watch rests again, which a timer has stirred. */
const afterItsWait = <Value>(run: () => Value): Promise<Value> =>
  new Promise((resolve) => {
    pbkdf2('', '', 200_000, 8, 'sha256', () => resolve(run()));
  });

const byTimer = <Value>(run: () => Value): Promise<Value> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(run()), 60);
  });

/** The block that is seen of it. On a busy machine a loop stands still at other times too, for no reason of its own. */
const during = (blocks: readonly Block[], { startUs, endUs }: Span): Promise<Block> =>
  vi.waitFor(() => {
    const found = blocks.find((block) => block.startUs < endUs && block.endUs > startUs);
    if (found === undefined) throw new Error('No block was seen.');
    return found;
  });

const turns = (): number => performance.nodeTiming.uvMetricsInfo.loopCount;

/** How often the loop turns in a time in which nothing happens. */
async function turnsIn(ms: number): Promise<number> {
  const before = turns();
  await delay(ms);
  return turns() - before;
}

describe('a watch that rests', () => {
  test('asks nothing of the loop', async () => {
    await resting();
    const atRest = await turnsIn(300);
    watched().watch.beginsRequest(nowUs());
    expect(await turnsIn(300)).toBeGreaterThan(3 * atRest);
  });

  test('does so once what was asked for is served', async () => {
    const { watch } = watched();
    watch.beginsRequest(nowUs());
    await delay(100);
    const inFlight = await turnsIn(300);
    watch.endsRequest();
    await delay(100);
    expect(inFlight).toBeGreaterThan(3 * (await turnsIn(300)));
  });

  // Another program may take the processor in the midst of it.
  test.each([
    ['a timer', byTimer],
    ['what another thread has done', afterItsWait],
  ])('knows the very begin of a block by %s', { retry: 3 }, async (_, runBy) => {
    const { blocks } = await resting();
    const busy = await runBy(() => busyFor(40));
    const block = await during(blocks, busy);
    expect(Math.abs(block.startUs - busy.startUs)).toBeLessThan(5_000);
    expect(Math.abs(block.endUs - busy.endUs)).toBeLessThan(5_000);
  });

  test('tells what begins in the midst of its first turn for how long it had to wait', async () => {
    const { watch } = await resting();
    const { before, after, tookUs } = await afterItsWait(() => {
      const startUs = nowUs();
      const quiet = watch.blockedUs(startUs);
      busyFor(40);
      const endUs = nowUs();
      return { before: quiet, after: watch.blockedUs(endUs), tookUs: endUs - startUs };
    });
    // Whatever woke the watch shortly before may have it expect its next tick in the midst of the block.
    expect(after).toBeGreaterThanOrEqual(40_000 - TICK_US);
    // What came before was less than the least that is called a block.
    expect(after - before).toBeLessThan(tookUs + THRESHOLD_US);
  });

  test('is awake from the next request on', { retry: 3 }, async () => {
    const { watch, blocks } = await resting();
    watch.beginsRequest(nowUs());
    await delay(50);
    const busy = busyFor(40);
    expect(Math.abs((await during(blocks, busy)).startUs - busy.startUs)).toBeLessThan(5_000);
  });
});

test('a watch that has ended is not woken by what begins after, and tells of no block', async () => {
  const { watch } = await resting();
  watch.stop();
  const timers = vi.spyOn(globalThis, 'setInterval');
  onTestFinished(() => timers.mockRestore());
  const startUs = nowUs();
  watch.beginsRequest(startUs);
  watch.know({ startUs, endUs: startUs + 60_000_000 });
  expect(timers).not.toHaveBeenCalled();
  expect(watch.blockedUs(startUs + 60_000_000)).toBe(0);
});

test('nor is a request told to have waited since then where it was awake', () => {
  const { watch } = watched();
  watch.stop();
  expect(watch.blockedUs(nowUs() + 60_000_000)).toBe(0);
});

test('a block has processor time where the loop worked, and next to none where it waited', async () => {
  const { watch, blocks } = watched();
  watch.beginsRequest(nowUs());
  const cpuOf = async (hold: (ms: number) => Span): Promise<number> => {
    await delay(20);
    return (await during(blocks, hold(100))).cpuUs ?? NaN;
  };
  const worked = await cpuOf(busyFor);
  const waited = await cpuOf(standStillFor);
  expect(worked).toBeGreaterThan(3 * waited);
});
