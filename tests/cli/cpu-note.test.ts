import { expect, test } from 'vitest';
import { cpuNote } from '../../cli/output/cpu-note.ts';
import { unavailable } from '../../src/base/measure.ts';

test('a class of devices is told with the rate that it takes here, or that it takes none', () => {
  const deviceClass = 'mid-tier-mobile';
  expect(cpuNote({ rate: 2.4, deviceClass, hostScore: 2400 })).toBe(
    'Processor slowed down by 2.4, to a mid-tier-mobile: this machine scores 2400.',
  );
  expect(cpuNote({ rate: 1, deviceClass, hostScore: 788 })).toBe(
    'Processor not slowed down: this machine scores 788, no more than a mid-tier-mobile does.',
  );
});

test('a rate that was asked for needs no telling', () => {
  expect(cpuNote({ rate: 4, deviceClass: null, hostScore: unavailable('not-measured') })).toBeUndefined();
});
