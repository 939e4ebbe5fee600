import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Measure, unavailable } from '../../base/measure.ts';

/** What a machine did meanwhile. */
export interface HostLoad {
  /** The busy share of all processors, 0 to 1. */
  readonly busy: number;
  /** The share that the hypervisor gave to other machines, 0 to 1. */
  readonly steal: Measure<'not-linux'>;
  /** By how much the wall clock ran away from the monotonic clock, in milliseconds: it was set, or the machine slept. */
  readonly clockDriftMs: number;
}

/** Measures what this machine does, from now on. */
export function watchHost(): { readonly since: () => HostLoad } {
  const before = processorTimes();
  const stolenBefore = stolenTicks();
  const skewBefore = Date.now() - performance.now();
  return {
    since() {
      const after = processorTimes();
      const total = after.total - before.total;
      return {
        busy: total === 0 ? 0 : 1 - (after.idle - before.idle) / total,
        steal: stealSince(stolenBefore),
        clockDriftMs: Math.abs(Date.now() - performance.now() - skewBefore),
      };
    },
  };
}

function processorTimes(): { readonly idle: number; readonly total: number } {
  const times = cpus().map((cpu) => cpu.times);
  return {
    idle: sum(times.map(({ idle }) => idle)),
    total: sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq)),
  };
}

interface StolenTicks {
  readonly stolen: number;
  readonly total: number;
}

function stealSince(before: StolenTicks | undefined): Measure<'not-linux'> {
  const after = stolenTicks();
  if (before === undefined || after === undefined) return unavailable('not-linux');
  const total = after.total - before.total;
  return total === 0 ? 0 : (after.stolen - before.stolen) / total;
}

/** Node's `os.cpus` leaves it out. https://man7.org/linux/man-pages/man5/proc_stat.5.html */
function stolenTicks(): StolenTicks | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  // user nice system idle iowait irq softirq steal; what guests used is in user already.
  const ticks = fields.slice(0, 8).map(Number);
  return { stolen: ticks[7] ?? 0, total: sum(ticks) };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
