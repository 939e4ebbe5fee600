import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { nowUs, type Span } from './clock.ts';
import type { CpuSampler } from './cpu-sampler.ts';
import type { Frame } from './call-stack.ts';

/** How often the loop is seen to turn: a block's begin is known to this, unless something that is timed began with it. */
const TICK_MS = 5;
const COUNTER_MS = 1_000;
/** What waited is accepted, read and begun within the next turns of the loop. */
const RIGHT_BEFORE_US = 10_000;

export interface LoopWatchOptions {
  readonly thresholdUs: number;
  readonly sampler: CpuSampler | undefined;
  readonly onBlock: (block: Span, stack: readonly Frame[]) => void;
  readonly onCount: (count: { readonly delayMs: number; readonly utilization: number }) => void;
}

/** Watches for how long the event loop does not turn. Keeps no process alive. */
export class LoopWatch {
  readonly #options: LoopWatchOptions;
  readonly #delay = monitorEventLoopDelay({ resolution: TICK_MS });
  #ticker: NodeJS.Timeout | undefined;
  #counter: NodeJS.Timeout | undefined;
  #lastTickUs = 0;
  /** The newest block that is known, by whomever it was told. */
  #lastBlock: Span = { startUs: 0, endUs: 0 };
  /** When things began of which each may have been the begin of a block. */
  #begins: number[] = [];
  #utilization = performance.eventLoopUtilization();

  constructor(options: LoopWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.sampler?.start();
    this.#delay.enable();
    this.#lastTickUs = nowUs();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS).unref();
    this.#counter = setInterval(() => this.#count(), COUNTER_MS).unref();
  }

  stop(): void {
    clearInterval(this.#ticker);
    clearInterval(this.#counter);
    this.#delay.disable();
    this.#options.sampler?.stop();
  }

  /** Something began on the loop that may hold it. */
  begins(atUs: number): void {
    this.#begins.push(atUs);
  }

  /** A block that was timed where it happened: more exactly than by the loop's turns. */
  know(block: Span): void {
    this.#lastBlock = block;
  }

  /** For how long the loop had not turned, right before now: the most that something which begins now can have waited for it. */
  blockedUs(atUs: number): number {
    const late = atUs - this.#lastTickUs - TICK_MS * 1_000;
    const { startUs, endUs } = this.#lastBlock;
    const known = atUs - endUs < RIGHT_BEFORE_US ? Math.min(endUs, atUs) - startUs : 0;
    const longest = Math.max(late, known);
    return longest >= this.#options.thresholdUs ? longest : 0;
  }

  #tick(): void {
    const now = nowUs();
    const dueUs = this.#lastTickUs + TICK_MS * 1_000;
    const begun = this.#begins.find((at) => at > this.#lastTickUs && at <= dueUs);
    const block = { startUs: begun ?? dueUs, endUs: now };
    const lastTickUs = this.#lastTickUs;
    this.#lastTickUs = now;
    this.#begins = [];
    if (now - block.startUs < this.#options.thresholdUs) return;
    // What was timed there has been told already.
    const isKnown = this.#lastBlock.endUs > lastTickUs;
    if (!isKnown) this.#options.onBlock(block, this.#options.sampler?.during(block) ?? []);
    // To take the samples takes time, in which the loop does not turn either.
    this.#lastTickUs = nowUs();
    this.#lastBlock = { startUs: block.startUs, endUs: this.#lastTickUs };
  }

  #count(): void {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#utilization);
    this.#utilization = now;
    this.#options.onCount({ delayMs: this.#delay.max / 1e6, utilization });
    this.#delay.reset();
    this.#options.sampler?.forget();
  }
}
