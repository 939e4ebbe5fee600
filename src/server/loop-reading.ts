import { performance } from 'node:perf_hooks';
import { nowUs } from './clock.ts';

/** How far the loop and its thread had come by one moment. */
export interface LoopReading {
  readonly atUs: number;
  /** For how long the loop had waited for something to do. */
  readonly idleUs: number;
  /** How often it had turned. */
  readonly turns: number;
  /** Processor time of its thread. Undefined where Node does not say: before 23.9. */
  readonly cpuUs: number | undefined;
}

/** Takes half a microsecond, most of it for the processor time. */
export function readLoop(): LoopReading {
  return {
    atUs: nowUs(),
    idleUs: performance.eventLoopUtilization().idle * 1_000,
    turns: performance.nodeTiming.uvMetricsInfo.loopCount,
    cpuUs: threadCpuUs(),
  };
}

function threadCpuUs(): number | undefined {
  if (!('threadCpuUsage' in process)) return undefined;
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
