import { Session } from 'node:inspector';
import { parentPort, workerData } from 'node:worker_threads';
import { nowUs } from './clock.ts';
import type { SamplerSettings, StackSample } from './stack-sampler.ts';

/** How long the loop must stand still to be looked at, and how often it is while it does. */
const EVERY_MS = 20;
/** On a machine that is too busy the loop stands still all the time, and to ask why would make it worse. */
const MOST_PER_SECOND = 5;
const LOOKS_PER_SECOND = 1_000 / EVERY_MS;

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

function watch({ turns, rests, port }: SamplerSettings): void {
  let timer: NodeJS.Timeout | undefined;
  let seen = -1;
  let stillFor = 0;
  let looks = 0;
  let samples = 0;
  let asking = false;
  const look = (): void => {
    if (Atomics.load(rests, 0) === 1) {
      clearInterval(timer);
      timer = undefined;
      seen = -1;
      return;
    }
    looks = (looks + 1) % LOOKS_PER_SECOND;
    if (looks === 0) samples = 0;
    const turn = Atomics.load(turns, 0);
    stillFor = turn === seen ? stillFor + 1 : 0;
    seen = turn;
    // At 0 the loop has not begun to turn yet. The longer a block, the less another sample says: each comes twice as late.
    if (turn === 0 || !isPowerOfTwo(stillFor) || asking || samples >= MOST_PER_SECOND) return;
    samples += 1;
    asking = true;
    askForStack((stack) => {
      asking = false;
      const sample: StackSample = { atUs: nowUs(), stack };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread's port has no origin.
      if (stack !== '') port.postMessage(sample);
    });
  };
  const lookOn = (): void => {
    if (timer !== undefined) return;
    look();
    timer = setInterval(look, EVERY_MS);
  };
  // It also keeps this thread while it rests, and the process waits for no thread of the agent's.
  parentPort?.on('message', lookOn);
  lookOn();
}

const isPowerOfTwo = (count: number): boolean => count > 0 && (count & (count - 1)) === 0;

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
