import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  isMainThread,
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { type Frame, framesIn, innermostIn } from './call-stack.ts';
import type { Span } from './clock.ts';

/** What the main thread ran at one moment of a block. */
export interface StackSample {
  readonly atUs: number;
  /** As V8 writes it. */
  readonly stack: string;
}

export interface SamplerSettings {
  /** Counts the loop's turns. */
  readonly turns: Int32Array;
  /** 1 while there is no need to look. Whenever there is again, a message says so. */
  readonly rests: Int32Array;
  /** Where samples go: they are there as soon as the loop turns again. */
  readonly port: MessagePort;
}

/**
 * Says what holds the event loop. The loop itself can't see it, as it comes to look only once the block is over: a thread of
 * its own watches whether it turns, and only while it does not asks V8 for its stack. So it costs next to nothing until then; V8's
 * sampling profiler would cost some hundredths of all time, and tens of milliseconds whenever it is started.
 */
export class StackSampler {
  readonly #turns = sharedNumber();
  readonly #rests = sharedNumber();
  readonly #channel = new MessageChannel();
  #thread: Worker | undefined;

  start(): void {
    // V8 can be asked for the stack of the process's main thread only.
    if (!isMainThread) return;
    const { port1, port2 } = this.#channel;
    port1.unref();
    try {
      const settings: SamplerSettings = { turns: this.#turns, rests: this.#rests, port: port2 };
      this.#thread = new Worker(threadModule(), {
        workerData: settings,
        transferList: [port2],
        // Nothing of the app's: neither what it preloads nor its environment.
        execArgv: [],
        env: {},
        stdout: false,
        stderr: true,
      });
      // It can't run everywhere, as where the server was bundled into one file: then blocks have no function.
      this.#thread.once('error', () => (this.#thread = undefined));
      this.#thread.unref();
    } catch {
      this.#thread = undefined;
    }
  }

  stop(): void {
    void this.#thread?.terminate();
    this.#channel.port1.close();
    this.#thread = undefined;
  }

  /** The loop need not turn until the watch stirs. */
  rest(): void {
    Atomics.store(this.#rests, 0, 1);
  }

  stir(): void {
    Atomics.store(this.#rests, 0, 0);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
    this.#thread?.postMessage('stir');
  }

  /** The loop turns. */
  turn(): void {
    Atomics.add(this.#turns, 0, 1);
  }

  /** All that was seen since it was last asked for. */
  take(): readonly StackSample[] {
    const samples: StackSample[] = [];
    for (;;) {
      const received: { readonly message: StackSample } | undefined = receiveMessageOnPort(
        this.#channel.port1,
      );
      if (received === undefined) return samples;
      samples.push(received.message);
    }
  }
}

const sharedNumber = (): Int32Array => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** What was running for most of a time, innermost first. Empty where it was not seen. */
export function mostSeen(samples: readonly StackSample[], { startUs, endUs }: Span): readonly Frame[] {
  const seen = samples.filter(({ atUs }) => atUs >= startUs && atUs <= endUs);
  // By the innermost line: further out only the way there differs.
  const places = Map.groupBy(seen, ({ stack }) => innermostIn(stack));
  const [most] = [...places.values()].toSorted((a, b) => b.length - a.length);
  return framesIn(most?.[0]?.stack ?? '');
}

/** Beside this one: `.ts` when run from source, `.js` when run from `dist`. */
function threadModule(): URL {
  return new URL(`./stack-sampler-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
}
