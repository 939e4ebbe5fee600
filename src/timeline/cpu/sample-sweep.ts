import type { CpuProfile } from './cpu-profile.ts';
import type { SourcePosition } from '../source-position.ts';
import type { ThreadSweep } from './thread-sweep.ts';

/** Numbers functions as a sweep's frames. */
export interface FunctionFrames {
  functionFrame(position: SourcePosition): number;
}

const NO_PROFILE: Pick<CpuProfile, 'times' | 'samples' | 'collecting'> = {
  times: new Float64Array(),
  samples: new Int32Array(),
  collecting: new Uint8Array(),
};

interface Sampling {
  readonly profile: CpuProfile | undefined;
  readonly countsOutsideEvents: boolean;
}

/** Passes samples on in order of time. */
export class SampleSweep {
  readonly #sweep: ThreadSweep;
  readonly #names: FunctionFrames;
  readonly #profile: CpuProfile | undefined;
  readonly #columns: typeof NO_PROFILE;
  readonly #countsOutsideEvents: boolean;
  readonly #collector: number;
  /** By function of the profile: its frame, or -1 until it is asked for. */
  readonly #frames: Int32Array;
  /** By node: the functions on the stack, outermost first. */
  readonly #stacks: (readonly number[] | undefined)[] = [];
  #index = 0;

  constructor(sweep: ThreadSweep, names: FunctionFrames, { profile, countsOutsideEvents }: Sampling) {
    this.#sweep = sweep;
    this.#names = names;
    this.#profile = profile;
    this.#columns = profile ?? NO_PROFILE;
    this.#countsOutsideEvents = countsOutsideEvents;
    this.#collector = profile === undefined ? -1 : names.functionFrame(GARBAGE_COLLECTOR);
    this.#frames = new Int32Array(profile?.functions.length ?? 0).fill(-1);
  }

  /** Those before that time. */
  pass(until: number): void {
    const { times, samples, collecting } = this.#columns;
    for (; this.#index < times.length; this.#index++) {
      const time = times[this.#index] ?? 0;
      if (time >= until) return;
      const stack = this.#stackOf(samples[this.#index] ?? -1);
      const frames = collecting[this.#index] === 1 ? [...stack, this.#collector] : stack;
      this.#sweep.sample(time, frames, this.#countsOutsideEvents);
    }
    if (this.#index > times.length || this.#profile === undefined) return;
    // The last sample holds for as long as one does on average: what ran after it nobody saw.
    const first = times[0] ?? 0;
    const last = times.at(-1) ?? 0;
    const end = last + (last - first) / Math.max(1, times.length - 1);
    if (end >= until) return;
    this.#index++;
    this.#sweep.sample(end, [], this.#countsOutsideEvents);
  }

  #stackOf(node: number): readonly number[] {
    if (node < 0 || this.#profile === undefined) return NO_FRAMES;
    const known = this.#stacks[node];
    if (known !== undefined) return known;
    const stack = this.#functionsOf(this.#profile, node);
    this.#stacks[node] = stack;
    return stack;
  }

  #functionsOf({ parents, functionOf, functions }: CpuProfile, node: number): readonly number[] {
    const stack: number[] = [];
    for (let at = node; at !== -1; at = parents[at] ?? -1) {
      const number = functionOf[at] ?? -1;
      const position = functions[number];
      if (position === undefined) continue;
      const known = this.#frames[number] ?? -1;
      const frame = known === -1 ? this.#names.functionFrame(position) : known;
      this.#frames[number] = frame;
      stack.push(frame);
    }
    return stack.toReversed();
  }
}

const NO_FRAMES: readonly number[] = [];

const GARBAGE_COLLECTOR: SourcePosition = {
  url: '',
  functionName: '(garbage collector)',
  line: undefined,
  column: undefined,
};
