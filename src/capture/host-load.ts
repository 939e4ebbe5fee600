import { cpus } from 'node:os';

/** Measures how busy all processors of this machine are, from now on. */
export function watchHost(): { readonly busy: () => number } {
  const before = processorTimes();
  return {
    /** The busy share since then, 0 to 1. */
    busy() {
      const after = processorTimes();
      const total = after.total - before.total;
      return total === 0 ? 0 : 1 - (after.idle - before.idle) / total;
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

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
