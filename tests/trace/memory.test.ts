import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Scanner } from '../../src/trace/scanner.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';
import { interaction } from '../support/interactions.ts';
import { bytesOf } from '../support/trace-bytes.ts';
import { instant, mainThread, task } from '../support/trace-events.ts';

const MEGABYTE = 2 ** 20;

test('a trace of 300 MB is read in a few megabytes of memory', { timeout: 60_000 }, async () => {
  // Two megabytes of what fills a trace: events that nobody watches, some with large args.
  const filler = Array.from({ length: 10_000 }, (_, count) =>
    instant(`Event${String(count % 50)}`, count, {
      args: { data: { frame: 'F', text: 'x'.repeat(count % 200) } },
    }),
  );
  const block = bytesOf([...filler, task(0, 60)].map((event) => `${JSON.stringify(event)},\n`).join(''));
  const click = interaction({ interactionId: 7, type: 'click', start: 10, processing: [15, 20], end: 30 });
  const repetitions = Math.ceil((300 * MEGABYTE) / block.length);

  let peak = 0;
  async function* trace(): AsyncIterable<Uint8Array> {
    yield bytesOf(`{"traceEvents":[${mainThread.map((event) => JSON.stringify(event)).join(',')},`);
    for (let count = 0; count < repetitions; count++) {
      // Chunks end within events.
      yield block.slice(0, 1_000_001);
      yield block.slice(1_000_001);
      if (count % 20 === 0) peak = Math.max(peak, await usedBytes());
    }
    yield bytesOf(`${click.map((event) => JSON.stringify(event)).join(',')}]}`);
  }

  const before = await usedBytes();
  const facts = await gatherFacts(trace());
  expect(facts.scan).toMatchObject({ read: repetitions * 10_001 + 4, cut: null });
  expect(facts.interactions).toHaveLength(1);
  expect(peak - before).toBeLessThan(24 * MEGABYTE);
});

test('an event that never ends is not kept', async () => {
  const scanner = new Scanner([], () => undefined, { maxValueBytes: MEGABYTE / 4, path: 'plain' });
  const chunk = new Uint8Array(MEGABYTE / 4).fill('x'.charCodeAt(0));
  const before = await usedBytes();
  scanner.push(bytesOf('[{"name":"A","args":"'));
  for (let count = 0; count < 100; count++) scanner.push(chunk);
  expect((await usedBytes()) - before).toBeLessThan(8 * MEGABYTE);
  expect(scanner.end(false).cut?.reason).toBe('cut-short');
});

/** What is held after the garbage was collected: twice, since buffers are only let go of after a turn of the event loop. */
async function usedBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let round = 0; round < 2; round++) {
    if (typeof collect === 'function') collect();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
