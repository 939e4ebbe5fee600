import { Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { nowUs } from './clock.ts';
import type { SamplerSettings, StackSample } from './stack-sampler.ts';

/** How long the loop must stand still to be looked at, and how often it is while it does. */
const EVERY_MS = 20;
/** A block of minutes says no more after a second. */
const MOST_SAMPLES = 100;

/** V8 runs this in the midst of what the main thread does, so that the stack is that one's. It leaves no trace behind. */
const STACK = `(() => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = undefined;
  Error.stackTraceLimit = 40;
  const { stack } = new Error('');
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
})()`;

function watch({ turns, port }: SamplerSettings): void {
  let seen = -1;
  let samples = 0;
  let asking = false;
  setInterval(() => {
    const turn = Atomics.load(turns, 0);
    if (turn !== seen) {
      seen = turn;
      samples = 0;
      return;
    }
    // The loop has not begun to turn yet, or has been asked enough.
    if (turn === 0 || asking || samples >= MOST_SAMPLES) return;
    samples += 1;
    asking = true;
    askForStack((stack) => {
      asking = false;
      const sample: StackSample = { atUs: nowUs(), stack };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread's port has no origin.
      if (stack !== '') port.postMessage(sample);
    });
  }, EVERY_MS);
}

/** Connected for the moment only: a process that ends meanwhile would wait for its debugger. */
function askForStack(told: (stack: string) => void): void {
  const session = new Session();
  session.connectToMainThread();
  session.post(
    'Runtime.evaluate',
    { expression: STACK, silent: true, returnByValue: true },
    (error, answer) => {
      session.disconnect();
      const value: unknown = error === null ? answer.result.value : undefined;
      told(typeof value === 'string' ? value : '');
    },
  );
}

watch(workerData);
