import { setTimeout as delay } from 'node:timers/promises';
import { type HostLoad, watchHost } from './host-load.ts';

/** What a machine does by itself, and how well it keeps time. */
export interface MachineNoise extends HostLoad {
  /** By how much a timer of 1 ms came late, in milliseconds: the worst of a hundred. */
  readonly worstLatenessMs: number;
}

const TIMERS = 100;

/** Watches the machine for a moment, and does nothing meanwhile. */
export async function measureNoise(): Promise<MachineNoise> {
  const host = watchHost();
  let worstLatenessMs = 0;
  for (let timer = 0; timer < TIMERS; timer++) {
    const due = performance.now() + 1;
    await delay(1);
    worstLatenessMs = Math.max(worstLatenessMs, performance.now() - due);
  }
  await delay(WATCHED_MS);
  return { ...host.since(), worstLatenessMs };
}

/** The system counts processor time in hundredths of a second. */
const WATCHED_MS = 1_000;
