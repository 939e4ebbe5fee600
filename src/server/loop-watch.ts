import { performance } from 'node:perf_hooks';
import type { Frame } from './call-stack.ts';
import { nowUs, type Span } from './clock.ts';
import { mostSeen, type StackSampler } from './stack-sampler.ts';

/** How often the loop is seen to turn: a block's begin is known to this, unless something that is timed began with it. */
const TICK_MS = 5;
const TICK_US = TICK_MS * 1_000;
const COUNTER_US = 1_000_000;
/** What waited is accepted, read and begun within the next turns of the loop. */
const RIGHT_BEFORE_US = 10_000;

export interface LoopWatchOptions {
  readonly thresholdUs: number;
  readonly sampler: StackSampler | undefined;
  readonly onBlock: (block: Span, stack: readonly Frame[]) => void;
  readonly onCount: (count: { readonly delayMs: number; readonly utilization: number }) => void;
}

/** Watches for how long the event loop does not turn. Keeps no process alive. */
export class LoopWatch {
  readonly #options: LoopWatchOptions;
  #ticker: NodeJS.Timeout | undefined;
  #lastTickUs = 0;
  /** The newest block that is known, by whomever it was told. */
  #lastBlock: Span = { startUs: 0, endUs: 0 };
  /** Those since the last turn that were told by others. */
  #told: Span[] = [];
  /** When the first thing since the last turn began: it may have been the begin of a block. */
  #firstBeginUs = Infinity;
  #utilization = performance.eventLoopUtilization();
  #lastCountUs = 0;
  #longestDelayUs = 0;

  constructor(options: LoopWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.sampler?.start();
    this.#lastTickUs = nowUs();
    this.#lastCountUs = this.#lastTickUs;
    this.#ticker = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#ticker);
    this.#options.sampler?.stop();
  }

  /** Something began on the loop that may hold it. */
  begins(atUs: number): void {
    if (this.#firstBeginUs === Infinity) this.#firstBeginUs = atUs;
  }

  /** A block that was timed where it happened: more exactly than by the loop's turns. */
  know(block: Span): void {
    this.#lastBlock = block;
    this.#told.push(block);
  }

  /** For how long the loop had not turned, right before now: the most that something which begins now can have waited for it. */
  blockedUs(atUs: number): number {
    const late = atUs - this.#lastTickUs - TICK_US;
    const { startUs, endUs } = this.#lastBlock;
    const known = atUs - endUs < RIGHT_BEFORE_US ? Math.min(endUs, atUs) - startUs : 0;
    const longest = Math.max(late, known);
    return longest >= this.#options.thresholdUs ? longest : 0;
  }

  #tick(): void {
    this.#options.sampler?.turn();
    const now = nowUs();
    const dueUs = this.#lastTickUs + TICK_US;
    const startUs = Math.min(this.#firstBeginUs, dueUs);
    this.#lastTickUs = now;
    this.#firstBeginUs = Infinity;
    this.#longestDelayUs = Math.max(this.#longestDelayUs, now - dueUs);
    if (now - this.#lastCountUs >= COUNTER_US) this.#count(now);
    if (now - startUs >= this.#options.thresholdUs) this.#tell({ startUs, endUs: now });
    this.#told = [];
  }

  /** What is left of a turn beside what was timed in it, which has been told. */
  #tell(turn: Span): void {
    const { thresholdUs, sampler, onBlock } = this.#options;
    const samples = sampler?.take() ?? [];
    this.#lastBlock = turn;
    let { startUs } = turn;
    for (const { startUs: until, endUs } of [...this.#told, { startUs: turn.endUs, endUs: turn.endUs }]) {
      const block = { startUs, endUs: until };
      if (until - startUs >= thresholdUs) onBlock(block, mostSeen(samples, block));
      startUs = Math.max(startUs, endUs);
    }
  }

  #count(now: number): void {
    const utilization = performance.eventLoopUtilization();
    const { utilization: share } = performance.eventLoopUtilization(utilization, this.#utilization);
    this.#options.onCount({ delayMs: this.#longestDelayUs / 1_000, utilization: share });
    this.#utilization = utilization;
    this.#lastCountUs = now;
    this.#longestDelayUs = 0;
  }
}
