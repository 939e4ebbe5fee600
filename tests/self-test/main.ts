import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ASYNC_BACKED, labScenario, SYNC_BACKED } from '../../cli/demo/lab-scenario.ts';
import { knownDelay } from '../../cli/compare/known-delay.ts';
import { recordPairs, type RecordedPairs } from '../../cli/compare/record-pairs.ts';
import { settingsFor } from '../../cli/settings.ts';
import { startLab } from '../../fixtures/lab/start-lab.ts';
import { defineScenario } from '../../src/capture/scenario/define-scenario.ts';
import { resampledComparisons } from '../../src/compare/self-test.ts';
import type { CompareSettings } from '../../src/compare/settings.ts';
import { fakeIo } from '../support/fake-io.ts';
import { startBusySite } from './busy-page.ts';
import { campaignRows, campaignText, keepLine, type Kind, leftToRecord, readCampaign } from './campaign.ts';

// Real comparisons in real Chrome: of a page with itself, with itself a tenth slower, and of the lab's two backends. Called again
// with the same file it records what is missing there, and counts all of it.
const { values } = parseArgs({
  options: {
    /** Of each kind, but for the backends: those that the file holds already are counted. */
    comparisons: { type: 'string', default: '10' },
    /** None is begun later than this. */
    minutes: { type: 'string', default: '60' },
    /** What takes longer is given up, and counted as unfinished. */
    'minutes-each': { type: 'string', default: '5' },
    /** Where to add a line of JSON for each comparison, so that an interrupted run has lost none. */
    output: { type: 'string', default: 'self-test.jsonl' },
    /** `same`, `tenth` or `backend`: one kind alone. */
    only: { type: 'string', default: 'all' },
  },
});

const BUSY_MS = 200;
const TENTH_MS = BUSY_MS / 10;
const RESAMPLED = 100;
const MINUTE_MS = 60_000;

const click = defineScenario({
  name: 'click',
  steps: [{ name: 'go', expects: 'interaction', run: ({ user }) => user.click('#go') }],
});

const inp: CompareSettings = { metrics: ['inpMs'], marginPercent: 10, maxPairs: 24 };

async function main(): Promise<void> {
  const started = Date.now();
  const site = await startBusySite();
  const page = site.page(BUSY_MS);
  const addresses = { base: page, changed: page };
  const recordings: Readonly<Record<Kind, (signal: AbortSignal) => Promise<RecordedPairs>>> = {
    same: (signal) => recorded({ addresses, scenario: click, compare: inp }, signal),
    tenth: (signal) =>
      recorded({ addresses, scenario: click, compare: inp, injected: knownDelay(TENTH_MS) }, signal),
    backend: backends,
  };
  const most = Number(values.comparisons);
  const wanted = { same: most, tenth: most, backend: 1 };
  const left = leftToRecord(wanted, await readCampaign(values.output));
  try {
    for (const kind of left.filter((name) => values.only === 'all' || values.only === name)) {
      if (Date.now() - started > Number(values.minutes) * MINUTE_MS) break;
      await keep(kind, recordings[kind]);
    }
  } finally {
    site.close();
  }
  const lines = await readCampaign(values.output);
  process.stdout.write(`${campaignText(lines)}\n\n${campaignRows(lines)}\n`);
}

/** The scenario asks which variant it serves, and the changed one is the synchronous one. */
const variantOf = (name: string): string => (name === 'changed' ? SYNC_BACKED : ASYNC_BACKED);

/** The lab's server busy with other visitors: a click's result waits for it, its INP does not. */
async function backends(signal: AbortSignal): Promise<RecordedPairs> {
  const lab = await startLab();
  try {
    const step = labScenario(lab).steps.find(({ name }) => name === 'fetch-light-busy');
    if (step === undefined) throw new Error('The lab has no such step.');
    const adapted = {
      ...step,
      prepare: (context: Parameters<typeof step.run>[0]) =>
        step.prepare?.({ ...context, variant: variantOf(context.variant) }) ?? Promise.resolve(),
    };
    const order: Order = {
      addresses: { base: `${lab.url}/?backend=async`, changed: `${lab.url}/?backend=sync` },
      scenario: defineScenario({ name: 'backends', steps: [adapted] }),
      compare: { ...inp, metrics: ['inpMs', 'icpMs'] },
    };
    return await recorded(order, signal);
  } finally {
    await lab.stop();
  }
}

type Order = Omit<Parameters<typeof recordPairs>[0], 'settings'>;

async function recorded(order: Order, signal: AbortSignal): Promise<RecordedPairs> {
  const io = fakeIo({ env: process.env, isRoot: process.getuid?.() === 0, signal });
  const output = await mkdtemp(join(tmpdir(), 'inpact-self-test-'));
  const settings = await settingsFor({ repetitions: 3, quiet: true, output, hostCheck: 'off' }, io);
  try {
    return await recordPairs({ ...order, settings }, io);
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

async function keep(name: Kind, record: (signal: AbortSignal) => Promise<RecordedPairs>): Promise<void> {
  const at = new Date().toISOString();
  const timeUp = AbortSignal.timeout(Number(values['minutes-each']) * MINUTE_MS);
  try {
    const line = { at, ...lineOf(name, await record(timeUp)) };
    await keepLine(values.output, line);
    process.stdout.write(`${name}: ${line.verdict}, ${JSON.stringify(line.findings)}\n`);
  } catch (error) {
    if (!timeUp.aborted) throw error;
    await keepLine(values.output, { at, name, verdict: 'unfinished', findings: [] });
    process.stdout.write(`${name}: unfinished\n`);
  }
}

function lineOf(name: Kind, { comparison, session }: RecordedPairs) {
  const [first] = comparison.metrics;
  return {
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
}

await main();
