import { toMs, micro } from '../base/units.ts';
import { Column } from '../timeline/columns.ts';
import type { CpuProfile } from '../timeline/cpu/cpu-profile.ts';
import { isInvocation } from '../timeline/threads/event-names.ts';
import type { SpansOfThread } from '../timeline/threads/every-span.ts';
import { SampleSweep } from '../timeline/cpu/sample-sweep.ts';
import { type SweepTarget, ThreadSweep } from '../timeline/cpu/thread-sweep.ts';
import type { LabelTable } from './label-table.ts';
import { LEAST_WITH_CPU_MS, type SpanColumns } from './tracks.ts';

export interface ThreadSource {
  readonly events: SpansOfThread;
  /** By the events' name numbers. */
  readonly names: readonly string[];
  readonly profile: CpuProfile | undefined;
  /** The trace's first event, µs. */
  readonly origin: number;
}

/** Puts the functions that the samples saw between the events of a thread. */
export function threadSpans(
  { events, names, profile, origin }: ThreadSource,
  labels: LabelTable,
): SpanColumns {
  const record = new SpanRecord(origin);
  const sweep = new ThreadSweep(record, () => false);
  const invocations = names.map(isInvocation);
  const plainLabels = new Map<number, number>();
  const samples = new SampleSweep(sweep, labels, {
    profile,
    countsOutsideEvents: events.starts.length === 0,
  });
  const labelAt = (index: number, name: number): number => {
    const position = events.positions.get(index);
    const known = position === undefined ? plainLabels.get(name) : undefined;
    if (known !== undefined) return known;
    const fresh = labels.eventLabel(names[name] ?? '', position);
    if (position === undefined) plainLabels.set(name, fresh);
    return fresh;
  };
  for (let index = 0; index < events.starts.length; index++) {
    const name = events.names[index] ?? 0;
    const start = events.starts[index] ?? 0;
    samples.pass(start);
    sweep.beginEvent({
      start,
      end: events.ends[index] ?? 0,
      frame: labelAt(index, name),
      isInvocation: invocations[name] === true,
    });
    record.cpuOfLast(events.cpus[index] ?? Number.NaN);
  }
  samples.pass(Number.POSITIVE_INFINITY);
  sweep.advance(Number.POSITIVE_INFINITY);
  return record.columns();
}

/** Notes when each frame was called and left. */
class SpanRecord implements SweepTarget {
  readonly #origin: number;
  readonly #starts = new Column();
  readonly #labels = new Column();
  readonly #depths = new Column();
  readonly #cpus = new Column();
  readonly #ends: number[] = [];

  constructor(origin: number) {
    this.#origin = origin;
  }

  node(caller: number, frame: number, time: number): number {
    this.#starts.push(time);
    this.#labels.push(frame);
    this.#depths.push(caller === -1 ? 0 : this.#depths.at(caller) + 1);
    this.#cpus.push(Number.NaN);
    return this.#ends.push(time) - 1;
  }

  leave(node: number, time: number): void {
    this.#ends[node] = time;
  }

  /** Where the time went is told by the spans' bounds. */
  spend(): void {}

  cpuOfLast(cpu: number): void {
    this.#cpus.setLast(cpu);
  }

  columns(): SpanColumns {
    const count = this.#starts.length;
    const since = (time: number): number => toMs(micro(time - this.#origin));
    const startMs = this.#starts.toArray().map(since);
    const durationMs = startMs.map((start, index) => round(since(this.#ends[index] ?? 0) - start));
    const cpuMs = new Float64Array(count).fill(-1);
    for (let index = 0; index < count; index++) {
      const cpu = this.#cpus.at(index);
      if (cpu >= 0 && (durationMs[index] ?? 0) >= LEAST_WITH_CPU_MS) cpuMs[index] = toMs(micro(cpu));
    }
    return {
      startMs,
      durationMs,
      cpuMs,
      depth: Uint16Array.from(this.#depths.toArray(), (depth) => Math.min(depth, DEEPEST)),
      label: Uint32Array.from(this.#labels.toArray()),
    };
  }
}

/** A deeper stack is recursion without an end. */
const DEEPEST = 2 ** 16 - 1;

/** Differences of decimals are off by some billionths. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
