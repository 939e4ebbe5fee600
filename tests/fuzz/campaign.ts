import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DONE, type Failure, NOT_STARTED, RUNNING, STOP, TRACES, type WorkOrder } from './work-order.ts';

export interface CampaignOrder {
  readonly seed: number;
  readonly cases: number;
  readonly minutes: number;
  readonly workers: number;
}

export interface Campaign {
  readonly cases: number;
  /** How many of the inputs were still taken for a trace. */
  readonly traces: number;
  readonly failures: readonly Failure[];
}

/** How often the cases that run are looked at, and how long one may take before it is said to hang. */
const LOOK_MS = 250;
const HANGS_AFTER_MS = 20_000;
/** A runaway ends in a worker that died, not in a machine without memory. */
const HEAP_MEGABYTES = 512;

/**
 * Runs cases in worker threads until enough are done, the time is up, or a case fails in a way that ends a worker: a case
 * that never returns is ended, and reported like any other.
 */
export async function runCampaign({ seed, cases, minutes, workers }: CampaignOrder): Promise<Campaign> {
  const failures: Failure[] = [];
  const deadline = performance.now() + minutes * 60_000;
  const running = Array.from({ length: workers }, (_, first) =>
    runWorker({ campaign: seed, first, stride: workers, until: cases }, deadline, failures),
  );
  const progress = await Promise.all(running);
  const sum = (place: number): number => progress.reduce((all, own) => all + (own[place] ?? 0), 0);
  return { cases: sum(DONE), traces: sum(TRACES), failures };
}

async function runWorker(
  order: Omit<WorkOrder, 'progress'>,
  deadline: number,
  failures: Failure[],
): Promise<Int32Array> {
  const progress = new Int32Array(new SharedArrayBuffer(16));
  Atomics.store(progress, RUNNING, NOT_STARTED);
  const workerData: WorkOrder = { ...order, progress };
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  const fail = (what: string): void => {
    failures.push({ campaign: order.campaign, case: Atomics.load(progress, RUNNING), what });
  };
  const over = new AbortController();
  worker.on('message', (failure: Failure) => failures.push(failure));
  worker.on('error', (error) => {
    fail(`The worker died: ${error instanceof Error ? error.message : String(error)}`);
  });
  worker.on('exit', () => {
    over.abort();
  });

  let seen = -1;
  let seenAt = performance.now();
  while (!over.signal.aborted) {
    await delay(LOOK_MS);
    const now = performance.now();
    const done = Atomics.load(progress, DONE);
    // A busy machine takes its time to load a worker's modules.
    const hasStarted = Atomics.load(progress, RUNNING) !== NOT_STARTED;
    if (done !== seen || !hasStarted) [seen, seenAt] = [done, now];
    if (now > deadline) Atomics.store(progress, STOP, 1);
    if (now - seenAt < HANGS_AFTER_MS) continue;
    fail(`It had not returned after ${String(HANGS_AFTER_MS / 1000)} s`);
    await worker.terminate();
  }
  return progress;
}
