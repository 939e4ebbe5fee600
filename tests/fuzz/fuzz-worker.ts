import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { inputOf } from './case.ts';
import { examine } from './examine.ts';
import { readSeeds } from './seeds.ts';
import { DONE, type Failure, RUNNING, STOP, TRACES, type WorkOrder } from './work-order.ts';

const SLOW_MS = 1000;
const MEGABYTE = 2 ** 20;

const order: WorkOrder = workerData;
const seeds = readSeeds();
for (let number = order.first; number < order.until && Atomics.load(order.progress, STOP) === 0;) {
  Atomics.store(order.progress, RUNNING, number);
  const what = await complaint(inputOf(seeds, order.campaign, number), chunkBytesOf(number));
  if (what !== undefined) {
    const failure: Failure = { campaign: order.campaign, case: number, what };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node's has no origin
    parentPort?.postMessage(failure);
  }
  Atomics.add(order.progress, DONE, 1);
  number += order.stride;
}

/** One case in eight is also given in pieces: small odd ones, so that pieces end everywhere. */
function chunkBytesOf(number: number): number | undefined {
  return number % 8 === 0 ? 1 + ((number / 8) % 997) : undefined;
}

/** What is wrong with how an input was dealt with. */
async function complaint(input: Uint8Array, chunkBytes: number | undefined): Promise<string | undefined> {
  const heldBefore = heldBytes();
  const cpuBefore = cpuMs();
  try {
    if (await examine(input, chunkBytes)) Atomics.add(order.progress, TRACES, 1);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : `Thrown: ${String(error)}`;
  }
  // Of the processor, since a busy machine takes any time it likes.
  const tookMs = cpuMs() - cpuBefore;
  if (tookMs > SLOW_MS) return `It took ${String(Math.round(tookMs))} ms for ${String(input.length)} bytes`;
  const grown = heldBytes() - heldBefore;
  if (grown <= 10 * input.length + 64 * MEGABYTE) return undefined;
  return `Memory grew by ${String(Math.round(grown / MEGABYTE))} MiB for ${String(input.length)} bytes`;
}

/** Of this thread alone, with what lies outside the heap on its behalf. */
function heldBytes(): number {
  const { used_heap_size: heap, external_memory: outside } = getHeapStatistics();
  return heap + outside;
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
