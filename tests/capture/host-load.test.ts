import { expect, test } from 'vitest';
import { watchHost } from '../../src/capture/host/host-load.ts';

/** Computes until the host's own clock of processor time, which ticks every 10 ms, has moved on. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('the busy share is a share', () => {
  const host = watchHost();
  expect(host.since().busy).toBeGreaterThanOrEqual(0);
  work(100);
  expect(host.since().busy).toBeGreaterThan(0);
  expect(host.since().busy).toBeLessThanOrEqual(1);
});
