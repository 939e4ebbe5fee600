import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../../src/capture/session/session-order.ts';
import type { Load } from '../../src/index.ts';
import type { Io } from '../io.ts';
import { term } from './terminal.ts';

/** Shows how far a recording is. */
export interface ProgressView {
  show(progress: Progress): void;
  end(): void;
}

/** A bar where a person watches, a line for each load otherwise, nothing if that is what was asked for. */
export function progressView(io: Io, quiet: boolean): ProgressView {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return io.isInteractive ? bar() : lines(io);
}

function lines(io: Io): ProgressView {
  const startedAt = performance.now();
  return {
    show(event) {
      if (event.kind !== 'load-done') return;
      const done = event.index + 1;
      const left = timeLeft(performance.now() - startedAt, done, event.total);
      io.stderr(`[${String(done)}/${String(event.total)}] ${describe(event.load)}${left}\n`);
    },
    end: () => undefined,
  };
}

/** `, 2 min left`, if what is left takes as long as what is done did; nothing for the last moments. */
export function timeLeft(elapsedMs: number, done: number, total: number): string {
  const seconds = Math.round(((elapsedMs / done) * (total - done)) / 1000);
  if (seconds < 10) return '';
  return seconds < 100 ? `, ${String(seconds)} s left` : `, ${String(Math.round(seconds / 60))} min left`;
}

function bar(): ProgressView {
  const drawn = new SingleBar(
    {
      format: '{bar} {value}/{total} · {load} · {eta_formatted} left · trace buffer {buffer} %',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  return {
    show(event) {
      switch (event.kind) {
        case 'load-started': {
          const shown = { load: nameOf(event.load), buffer: '0.0' };
          if (event.index === 0) drawn.start(event.total, 0, shown);
          else drawn.update(shown);
          return;
        }
        case 'buffer':
          drawn.update({ buffer: (event.usage * 100).toFixed(1) });
          return;
        case 'load-done':
          drawn.increment();
      }
    },
    end() {
      drawn.stop();
    },
  };
}

const nameOf = ({ variant, warmUp }: { readonly variant: string; readonly warmUp: boolean }): string =>
  `${term(variant)}${warmUp ? ', warm-up' : ''}`;

function describe(load: Load): string {
  const { status, problems } = load;
  const [problem] = problems;
  return `${nameOf(load)}: ${status}${problem === undefined ? '' : ` (${problem.code}: ${term(problem.message)})`}`;
}
