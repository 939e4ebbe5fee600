import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ASYNC_BACKED, labScenario, SYNC_BACKED } from '../../cli/demo/lab-scenario.ts';
import { knownDelay } from '../../cli/compare/known-delay.ts';
import { recordPairs, type RecordedPairs } from '../../cli/compare/record-pairs.ts';
import { settingsFor } from '../../cli/settings.ts';
import { startLab } from '../../fixtures/lab/start-lab.ts';
import { defineScenario } from '../../src/capture/define-scenario.ts';
import { resampledComparisons } from '../../src/compare/self-test.ts';
import type { CompareSettings } from '../../src/compare/settings.ts';
import { fakeIo } from '../support/fake-io.ts';
import { startBusySite } from './busy-page.ts';

// Real comparisons in real Chrome: of a page with itself, with itself a tenth slower, and of the lab's two backends.
const { values } = parseArgs({
  options: {
    comparisons: { type: 'string', default: '10' },
    /** Where to add a line of JSON for each comparison, so that an interrupted run has lost none. */
    output: { type: 'string', default: 'self-test.jsonl' },
    /** `same`, `tenth` or `backend`: one kind alone. */
    only: { type: 'string', default: 'all' },
  },
});

const BUSY_MS = 200;
const TENTH_MS = BUSY_MS / 10;
const RESAMPLED = 100;

const click = defineScenario({
  name: 'click',
  steps: [{ name: 'go', expects: 'interaction', run: ({ user }) => user.click('#go') }],
});

const inp: CompareSettings = { metrics: ['inpMs'], marginPercent: 10, maxPairs: 24 };

interface Job {
  readonly name: string;
  run(): Promise<RecordedPairs>;
}

async function main(): Promise<void> {
  const site = await startBusySite();
  const page = site.page(BUSY_MS);
  const addresses = { base: page, changed: page };
  const jobs: readonly Job[] = Array.from({ length: Number(values.comparisons) }, () => [
    { name: 'same', run: () => recorded({ addresses, scenario: click, compare: inp }) },
    {
      name: 'tenth',
      run: () => recorded({ addresses, scenario: click, compare: inp, injected: knownDelay(TENTH_MS) }),
    },
  ]).flat();
  const wanted = jobs.filter(({ name }) => values.only === 'all' || values.only === name);
  try {
    if (values.only === 'all' || values.only === 'backend') await keep({ name: 'backend', run: backends });
    for (const job of wanted) await keep(job);
  } finally {
    site.close();
  }
}

/** The scenario asks which variant it serves, and the changed one is the synchronous one. */
const variantOf = (name: string): string => (name === 'changed' ? SYNC_BACKED : ASYNC_BACKED);

/** The lab's server busy with other visitors: a click's result waits for it, its INP does not. */
async function backends(): Promise<RecordedPairs> {
  const lab = await startLab();
  try {
    const step = labScenario(lab).steps.find(({ name }) => name === 'fetch-light-busy');
    if (step === undefined) throw new Error('The lab has no such step.');
    const adapted = {
      ...step,
      prepare: (context: Parameters<typeof step.run>[0]) =>
        step.prepare?.({ ...context, variant: variantOf(context.variant) }) ?? Promise.resolve(),
    };
    return await recorded({
      addresses: { base: `${lab.url}/?backend=async`, changed: `${lab.url}/?backend=sync` },
      scenario: defineScenario({ name: 'backends', steps: [adapted] }),
      compare: { ...inp, metrics: ['inpMs', 'icpMs'] },
    });
  } finally {
    await lab.stop();
  }
}

type Order = Omit<Parameters<typeof recordPairs>[0], 'settings'>;

async function recorded(order: Order): Promise<RecordedPairs> {
  const io = fakeIo({ env: process.env, isRoot: process.getuid?.() === 0 });
  const output = await mkdtemp(join(tmpdir(), 'inpact-self-test-'));
  const settings = await settingsFor({ repetitions: 3, quiet: true, output, hostCheck: 'off' }, io);
  try {
    return await recordPairs({ ...order, settings }, io);
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

async function keep(job: Job): Promise<void> {
  const { name } = job;
  const { comparison, session } = await job.run();
  const [first] = comparison.metrics;
  const line = {
    name,
    verdict: comparison.verdict,
    findings: comparison.metrics.map(({ metric, finding, judgedPairs, p, ratio }) => ({
      metric,
      finding,
      judgedPairs,
      p,
      ratio,
    })),
    hostBusy: session.loads.map(({ integrity }) => integrity.hostBusy),
    pairs: first?.pairs.map(({ base, changed, counts }) => [base, changed, counts]),
    resampled:
      first === undefined || name !== 'same'
        ? null
        : resampledComparisons(first.pairs, {
            settings: inp,
            unit: 'ms',
            metrics: 1,
            comparisons: RESAMPLED,
            seed: comparison.design.seed,
            slowerBy: 0,
          }),
  };
  await appendFile(values.output, `${JSON.stringify(line)}\n`);
  process.stdout.write(`${name}: ${comparison.verdict}, ${JSON.stringify(line.findings)}\n`);
}

await main();
