import { performance } from 'node:perf_hooks';
import type { Frame } from './call-stack.ts';
import type { Span } from './clock.ts';
import { type LoopReading, readLoop } from './loop-reading.ts';
import { mostSeen, type StackSampler } from './stack-sampler.ts';

/** How often the loop is seen to turn while it is watched. */
const TICK_MS = 5;
const TICK_US = TICK_MS * 1_000;
const REST_AFTER_US = 1_000_000;
/** What is served for longer, such as a stream of events, says no more of when the loop has something to do. */
const REST_BESIDE_REQUESTS_AFTER_US = 30_000_000;
const COUNTER_US = 1_000_000;
/** What waited is accepted, read and begun within the next turns of the loop. */
const RIGHT_BEFORE_US = 10_000;

/** A stretch in which the loop did not turn. */
export interface Block extends Span {
  /** Processor time of the loop's thread in it. Undefined where it is not known. */
  readonly cpuUs: number | undefined;
  /** What ran, innermost first. Empty where it was not seen. */
  readonly stack: readonly Frame[];
}

export interface LoopWatchOptions {
  readonly thresholdUs: number;
  readonly sampler: StackSampler | undefined;
  /** Where nobody has asked for anything this long, the watch rests until the loop has something to do: a second where absent. */
  readonly restAfterUs?: number;
  readonly onBlock: (block: Block) => void;
  readonly onCount: (count: { readonly delayMs: number; readonly utilization: number }) => void;
}

/**
 * Watches for how long the event loop does not turn. Keeps no process alive.
 *
 * While requests come the loop is asked to turn every few milliseconds. Where none does the watch rests: it asks for nothing,
 * and is called once the loop has had something to do, when the loop's own count of its waits says since when.
 */
export class LoopWatch {
  readonly #options: LoopWatchOptions;
  #ticker: NodeJS.Timeout | undefined;
  /** Pending while the watch rests. */
  #hook: NodeJS.Immediate | undefined;
  #isResting = false;
  #hasEnded = false;
  /** When the loop was last seen to turn. */
  #last: LoopReading = readLoop();
  #dueUs = 0;
  #lastBeginUs = 0;
  #inFlight = 0;
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
    this.#last = readLoop();
    this.#lastBeginUs = this.#last.atUs;
    this.#lastCountUs = this.#last.atUs;
    this.#tickFrom(this.#last.atUs);
  }

  /** What begins from now on neither wakes it, nor finds the loop late, nor is kept for a turn that it does not see. */
  stop(): void {
    clearInterval(this.#ticker);
    clearImmediate(this.#hook);
    this.#hasEnded = true;
    this.#isResting = false;
    this.#dueUs = Infinity;
    this.#options.sampler?.stop();
  }

  /** A request came, which may hold the loop. */
  beginsRequest(atUs: number): void {
    this.#inFlight += 1;
    this.begins(atUs);
  }

  endsRequest(): void {
    this.#inFlight -= 1;
  }

  /** Something began on the loop that may hold it. */
  begins(atUs: number): void {
    this.#lastBeginUs = atUs;
    if (this.#firstBeginUs === Infinity) this.#firstBeginUs = atUs;
    if (this.#isResting) this.#stir(atUs);
  }

  /** A block that was timed where it happened: more exactly than by the loop's turns. */
  know(block: Span): void {
    if (this.#hasEnded) return;
    this.#lastBlock = block;
    this.#told.push(block);
  }

  /** For how long the loop had not turned, right before now: the most that something which begins now can have waited for it. */
  blockedUs(atUs: number): number {
    const late = atUs - (this.#isResting ? this.#idleUntil(readLoop()) : this.#dueUs);
    const { startUs, endUs } = this.#lastBlock;
    const known = atUs - endUs < RIGHT_BEFORE_US ? Math.min(endUs, atUs) - startUs : 0;
    const longest = Math.max(late, known);
    return longest >= this.#options.thresholdUs ? longest : 0;
  }

  #tickFrom(atUs: number): void {
    this.#dueUs = atUs + TICK_US;
    this.#ticker = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  #tick(): void {
    const { atUs } = this.#turned();
    this.#dueUs = atUs + TICK_US;
    if (atUs - this.#lastCountUs >= COUNTER_US) this.#count(atUs);
    const { restAfterUs = REST_AFTER_US } = this.#options;
    const quietUs = atUs - this.#lastBeginUs;
    if (quietUs > (this.#inFlight > 0 ? REST_BESIDE_REQUESTS_AFTER_US : restAfterUs)) this.#rest();
  }

  #rest(): void {
    clearInterval(this.#ticker);
    this.#isResting = true;
    this.#dueUs = Infinity;
    this.#options.sampler?.rest();
    // What has no reference does not hurry the loop: it runs in its next turn, whenever that comes.
    this.#hook = setImmediate(() => this.#woken()).unref();
  }

  /** The loop has had something to do, and its timers are yet to come. */
  #woken(): void {
    if (this.#isResting) this.#stir(this.#turned().atUs);
  }

  #stir(atUs: number): void {
    this.#isResting = false;
    this.#options.sampler?.stir();
    this.#tickFrom(atUs);
  }

  #turned(): LoopReading {
    this.#options.sampler?.turn();
    const now = readLoop();
    const startUs = this.#beginOfTurn(now);
    this.#longestDelayUs = Math.max(this.#longestDelayUs, now.atUs - this.#dueUs);
    if (now.atUs - startUs >= this.#options.thresholdUs) this.#tell({ startUs, endUs: now.atUs }, now);
    this.#last = now;
    this.#firstBeginUs = Infinity;
    this.#told = [];
    return now;
  }

  /**
   * Since when the loop may not have turned. If it has waited but once since it was last seen to turn, then since the end of
   * that wait. Else it has turned meanwhile, and stood still since the tick was due, or since what began before that.
   */
  #beginOfTurn(now: LoopReading): number {
    const idleUntilUs = this.#idleUntil(now);
    if (this.#isResting || now.turns - this.#last.turns <= 1) return idleUntilUs;
    return Math.max(idleUntilUs, Math.min(this.#firstBeginUs, this.#dueUs));
  }

  /** The earliest end of the loop's last wait. A wait that was longer than it was asked for ended late: there was no processor. */
  #idleUntil({ idleUs }: LoopReading): number {
    const { atUs, idleUs: before } = this.#last;
    return Math.min(atUs + Math.round(idleUs - before), this.#dueUs);
  }

  /** What is left of a turn beside what was timed in it, which has been told. */
  #tell(turn: Span, now: LoopReading): void {
    const { thresholdUs, sampler, onBlock } = this.#options;
    const samples = sampler?.take() ?? [];
    // Of what was timed in it nobody knows its part.
    const cpuUs = this.#told.length > 0 ? undefined : cpuBetween(this.#last, now);
    this.#lastBlock = turn;
    let { startUs } = turn;
    for (const { startUs: until, endUs } of [...this.#told, { startUs: turn.endUs, endUs: turn.endUs }]) {
      const block = { startUs, endUs: until };
      if (until - startUs >= thresholdUs) onBlock({ ...block, cpuUs, stack: mostSeen(samples, block) });
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

const cpuBetween = (from: LoopReading, to: LoopReading): number | undefined =>
  from.cpuUs === undefined || to.cpuUs === undefined ? undefined : to.cpuUs - from.cpuUs;
