import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { readTrace } from '../../src/node/read-trace.ts';

const FOLDERS = ['fixtures/traces', '../shared/traces'].filter((folder) => existsSync(folder));
const TRACES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .map((file) => join(folder, file)),
);

describe.each(TRACES)('in %s', (file) => {
  test('the segments of each chain touch, and add up to ICP or to the duration', async () => {
    const { interactions, requests } = await analyze({ file, bytes: readTrace(file) });
    for (const { startMs, durationMs, icpStartMs, icpMs, chain } of interactions) {
      const isPainted = chain.endsWith !== 'next-paint';
      expect(isPainted).toBe(!isUnavailable(icpMs));
      const start = isUnavailable(icpStartMs) ? startMs : icpStartMs;
      const whole = isUnavailable(icpMs) ? durationMs : icpMs;
      let at = start;
      for (const segment of chain.segments) {
        expect(segment.durationMs).toBeGreaterThan(0);
        expect(segment.startMs).toBeCloseTo(at, 2);
        expect(segment.request === null || requests[segment.request] !== undefined).toBe(true);
        at = segment.startMs + segment.durationMs;
      }
      // Each edge is rounded to the microsecond by itself.
      expect(at).toBeCloseTo(start + whole, 2);
    }
  });
});
