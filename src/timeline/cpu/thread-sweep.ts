import { Column } from '../columns.ts';

/** The thread was at a node, µs from start to end. In order of time, without overlap. */
export interface Slices {
  readonly starts: Column;
  readonly ends: Column;
  readonly nodes: Column;
}

/** A task or an event of a thread, µs. */
export interface Interval {
  readonly start: number;
  readonly end: number;
  /** Of the call tree. */
  readonly frame: number;
  /** JavaScript runs in it. */
  readonly isInvocation: boolean;
}

/** What a sweep builds: it asks for a node for each frame that is called, and says what time was spent in it. */
export interface SweepTarget {
  /** The node of a frame under its caller's node, or under none: -1. */
  node(caller: number, frame: number, time: number): number;
  spend(node: number, time: number): void;
  leave(node: number, time: number): void;
}

/** An event that is open at the sweep's time. */
interface Open {
  readonly end: number;
  readonly isInvocation: boolean;
  /** How many entries of the stack are the event's and those below it. */
  readonly height: number;
}

/**
 * A thread's stack while its events and samples pass by in order of time. Events have exact bounds; a sample's functions
 * lie on the innermost event from the sample's time until another sample or the event's end.
 */
export class ThreadSweep {
  readonly slices: Slices = { starts: new Column(), ends: new Column(), nodes: new Column() };
  readonly #target: SweepTarget;
  readonly #keepsSlice: (start: number, end: number) => boolean;
  /** Nodes of events and functions, outermost first. */
  readonly #stack: number[] = [];
  /** The frames of those nodes: looking at them is quicker than looking a node up. */
  readonly #frames: number[] = [];
  readonly #open: Open[] = [];
  #time = Number.NEGATIVE_INFINITY;

  constructor(target: SweepTarget, keepsSlice: (start: number, end: number) => boolean) {
    this.#target = target;
    this.#keepsSlice = keepsSlice;
  }

  beginEvent({ start, end, frame, isInvocation }: Interval): void {
    this.advance(start);
    this.#push({ end: Math.min(end, this.#open.at(-1)?.end ?? end), frame, isInvocation });
  }

  /** A task is never cut to an event or a task that seems to run into it: rather that ended there. */
  beginTask({ start, end, frame, isInvocation }: Interval): void {
    this.advance(start);
    for (let last = this.#open.at(-1); last !== undefined && last.end < end; last = this.#open.at(-1)) {
      this.#close(last);
    }
    this.#push({ end, frame, isInvocation });
  }

  #push({ end, frame, isInvocation }: Omit<Interval, 'start'>): void {
    // A sample from before it says nothing about what runs outside all events.
    if (this.#open.length === 0) this.#cutTo(0);
    this.#call(frame);
    this.#open.push({ end, isInvocation, height: this.#stack.length });
  }

  #close({ height }: Open): void {
    this.#open.pop();
    this.#cutTo(height - 1);
  }

  #call(frame: number): void {
    this.#stack.push(this.#target.node(this.#stack.at(-1) ?? -1, frame, this.#time));
    this.#frames.push(frame);
  }

  #cutTo(depth: number): void {
    for (let top = this.#stack.length - 1; top >= depth; top--)
      this.#target.leave(this.#stack[top] ?? -1, this.#time);
    this.#stack.length = depth;
    this.#frames.length = depth;
  }

  /** @param frames The functions on the stack at that time, outermost first. */
  sample(time: number, frames: readonly number[], countsOutsideEvents: boolean): void {
    this.advance(time);
    const innermost = this.#open.at(-1);
    const height = innermost?.height ?? 0;
    // The functions below the innermost event were there when it began, and are still.
    const below = height - this.#open.length;
    if (innermost === undefined ? !countsOutsideEvents : !this.#shows(innermost, below)) return;
    let depth = height;
    for (let index = below; index < frames.length; index++) {
      const frame = frames[index] ?? 0;
      if (this.#frames[depth] !== frame) {
        this.#cutTo(depth);
        this.#call(frame);
      }
      depth++;
    }
    this.#cutTo(depth);
  }

  /** Whether a sample's functions may lie on this event: what the browser does within JavaScript calls no functions. */
  #shows(innermost: Open, below: number): boolean {
    return innermost.isInvocation || (below === 0 && !this.#open.some(({ isInvocation }) => isInvocation));
  }

  /** Lets time pass: events that end by then are closed, and the functions on them with them. */
  advance(time: number): void {
    for (let last = this.#open.at(-1); last !== undefined && last.end <= time; last = this.#open.at(-1)) {
      this.#spend(last.end);
      this.#close(last);
    }
    this.#spend(time);
  }

  #spend(until: number): void {
    const node = this.#stack.at(-1);
    const from = this.#time;
    this.#time = Math.max(from, until);
    if (node === undefined || until <= from) return;
    this.#target.spend(node, until - from);
    if (!this.#keepsSlice(from, until)) return;
    this.slices.starts.push(from);
    this.slices.ends.push(until);
    this.slices.nodes.push(node);
  }
}
