import { micro, type Micro } from '../../base/units.ts';
import type { FunctionFrames } from './sample-sweep.ts';
import { positionKey, type SourcePosition } from '../source-position.ts';
import type { SweepTarget } from './thread-sweep.ts';

/** What a moment of a thread's time is spent on: a function, or the browser's own work. */
export type CallFrame =
  | { readonly kind: 'function'; readonly position: SourcePosition }
  | { readonly kind: 'activity'; readonly name: string };

/**
 * Where the time of one or several threads went. A node is a frame under its caller, and comes after it in the columns.
 * All columns have the same length. The self times add up to the total.
 */
export interface CallTree {
  readonly frames: readonly CallFrame[];
  /** By node: the caller's node, or -1. */
  readonly parents: readonly number[];
  /** By node: which of `frames`. */
  readonly frameOf: readonly number[];
  /** By node: µs that were spent in it and in nothing that it called. */
  readonly selfTimes: readonly number[];
  readonly total: Micro;
}

/** Grows thread by thread. */
export class CallTreeBuilder implements SweepTarget, FunctionFrames {
  readonly #frames: CallFrame[] = [];
  readonly #frameNumbers = new Map<string, number>();
  readonly #byPosition = new Map<SourcePosition, number>();
  readonly #parents: number[] = [];
  readonly #frameOf: number[] = [];
  readonly #selfTimes: number[] = [];
  readonly #children = new Map<number, number>();
  #total = 0;

  get tree(): CallTree {
    return {
      frames: this.#frames,
      parents: this.#parents,
      frameOf: this.#frameOf,
      selfTimes: this.#selfTimes,
      total: micro(this.#total),
    };
  }

  functionFrame(position: SourcePosition): number {
    // A profile names the same few positions again and again: to find one by its text takes far longer.
    const known = this.#byPosition.get(position);
    if (known !== undefined) return known;
    const number = this.#frame(`function|${positionKey(position)}`, { kind: 'function', position });
    this.#byPosition.set(position, number);
    return number;
  }

  activityFrame(name: string): number {
    return this.#frame(`activity|${name}`, { kind: 'activity', name });
  }

  /** The node of a frame under a caller's node, or under none: -1. */
  node(caller: number, frame: number): number {
    const key = (caller + 1) * MOST_FRAMES + frame;
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const fresh = this.#parents.length;
    this.#children.set(key, fresh);
    this.#parents.push(caller);
    this.#frameOf.push(frame);
    this.#selfTimes.push(0);
    return fresh;
  }

  spend(node: number, time: number): void {
    this.#selfTimes[node] = (this.#selfTimes[node] ?? 0) + time;
    this.#total += time;
  }

  /** Nothing to do: what was spent in the node is known. */
  leave(): void {}

  #frame(key: string, frame: CallFrame): number {
    const known = this.#frameNumbers.get(key);
    if (known !== undefined) return known;
    this.#frameNumbers.set(key, this.#frames.length);
    return this.#frames.push(frame) - 1;
  }
}

/** Keeps two numbers in one key that a float holds exactly. */
const MOST_FRAMES = 2 ** 24;
