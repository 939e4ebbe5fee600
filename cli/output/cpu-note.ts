import { type CpuThrottle, isUnavailable } from '../../src/index.ts';

/** What became of the wish for a class of devices: a busy machine may be no faster than a phone, and then nothing is slowed down. */
export function cpuNote({ rate, deviceClass, hostScore }: CpuThrottle): string | undefined {
  if (deviceClass === null || isUnavailable(hostScore)) return undefined;
  const host = `this machine scores ${String(hostScore)}`;
  return rate > 1
    ? `Processor slowed down by ${String(rate)}, to a ${deviceClass}: ${host}.`
    : `Processor not slowed down: ${host}, no more than a ${deviceClass} does.`;
}
