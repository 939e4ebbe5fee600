import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';

/** The same cases in every run, so that a failure is the change's. `npm run fuzz` looks for new ones. */
const SEED = 20_261_123;
const CASES = 200_000;
/** A machine that is too slow, or too busy, for all of them does what it can in this time. */
const MINUTES = 4;
/** Fewer than this prove nothing on any machine: then something is wrong with the cases. */
const FEWEST = 20_000;

test(
  'whatever becomes of its bytes, a trace gives a sound result or is refused, soon and in little memory',
  async () => {
    const workers = Math.min(2, availableParallelism());
    const { cases, traces, failures } = await runCampaign({
      seed: SEED,
      cases: CASES,
      minutes: MINUTES,
      workers,
    });
    const all = cases < CASES ? `, stopped after ${String(MINUTES)} min` : '';
    process.stdout.write(`Fuzz: ${String(cases)} cases of seed ${String(SEED)}${all}\n`);
    expect(failures).toEqual([]);
    expect(cases).toBeGreaterThanOrEqual(FEWEST);
    // If hardly any input were still a trace, nothing but the first bytes would be tested.
    expect(traces / cases).toBeGreaterThan(0.5);
  },
  (MINUTES + 1) * 60_000,
);
