import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { compareVariants } from '../../src/compare/compare-sessions.ts';
import { DEFAULT_METRICS } from '../../src/compare/settings.ts';
import { redactText } from '../../src/redact/redact-text.ts';
import type { Load } from '../../src/result/load.ts';
import type { Session } from '../../src/result/session.ts';
import { about, loadsOf } from '../support/compared.ts';
import { fakeIo, type FakeIo } from '../support/fake-io.ts';
import { evidenceOf, traceResult } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';
import { sessionIn } from '../support/session-files.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const START = Date.parse('2026-11-26T10:00:00Z');

/** Loads that were recorded one minute after the other, from a minute on. */
const at = (loads: readonly Load[], minute: (round: number) => number): readonly Load[] =>
  loads.map((load) => ({ ...load, startedAt: new Date(START + 60_000 * minute(load.round)).toISOString() }));

async function folderWith(loads: readonly Load[], ...names: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const session: Session = {
    ...sampleSession(),
    ...evidenceOf(loads, names),
    claims: [],
    plan: { runs: 12, warmUps: 0, repetitions: 5, seed: 7 },
  };
  await writeFile(join(folder, 'session.json'), JSON.stringify(session));
  return folder;
}

const interleaved = (changed: number, name = 'branch'): Promise<string> =>
  folderWith(
    [
      ...at(loadsOf('main', about(200, 12, 1)), (round) => 2 * round),
      ...at(loadsOf(name, about(changed, 12, 2)), (round) => 2 * round + 1),
    ],
    'main',
    name,
  );

async function compare(...args: readonly string[]): Promise<FakeIo & { readonly code: number }> {
  const io = fakeIo();
  return { ...io, code: await run(['compare', ...args], io) };
}

describe('two variants of a session', () => {
  test('are judged where they were recorded interleaved', async () => {
    const { code, out } = await compare('main', 'branch', '--session', await interleaved(260));
    expect(out()).toMatch(/^Regressed: test, branch against main/);
    expect(code).toBe(1);
    expect((await compare('main', 'branch', '--session', await interleaved(200))).code).toBe(0);
  });

  test('give JSON that says all of it', async () => {
    const { out } = await compare(
      'main',
      'branch',
      '--session',
      await interleaved(260),
      '--reporter',
      'json',
    );
    expect(JSON.parse(out())).toMatchObject({
      kind: 'comparison',
      verdict: 'fail',
      design: { pairing: 'interleaved', seed: 7, repetitions: 5, maxPairs: 24 },
    });
  });

  test('give JSON that holds no command to a CI runner, whatever they are called', async () => {
    const name = '##[add-mask]e';
    const folder = await interleaved(260, name);
    const { out } = await compare('main', name, '--session', folder, '--reporter', 'json');
    expect(JSON.parse(out())).toMatchObject({ changed: { name } });
    expect(commandsIn(out())).toEqual([]);
  });

  test('must be variants of it', async () => {
    const { code, err } = await compare('main', 'bench', '--session', await interleaved(260));
    expect([code, err()]).toEqual([2, expect.stringContaining('it has main, branch.')]);
  });
});

const half = (loads: readonly Load[]): readonly Load[] =>
  loads.filter(({ variant, round }) => variant !== 'base' || round !== 12);

const scenarioFor = async (folder: string): Promise<string> => {
  const { scenario } = await sessionIn(folder);
  const file = join(await temporaryFolder(), 'scenario.mjs');
  const steps = scenario.steps.map(({ name, expects }) => ({ name, expects }));
  await writeFile(
    file,
    `const steps = ${JSON.stringify(steps)};
    export default { name: ${JSON.stringify(scenario.name)}, steps: steps.map((step) => ({ ...step, run() {} })) };`,
  );
  return file;
};

describe('a comparison that was interrupted', () => {
  const [base, branch] = ['http://main.test/?token=secret', 'http://branch.test/'];
  /** Recorded in pairs, 12 of the 30 that are planned, and a thirteenth of which one load was left. */
  async function left(changed: number): Promise<string> {
    const folder = await folderWith(
      half([
        ...at(loadsOf('base', about(200, 13, 1)), (round) => 2 * round),
        ...at(loadsOf('changed', about(changed, 13, 2)), (round) => 2 * round + 1),
      ]),
      'base',
      'changed',
    );
    const session = await sessionIn(folder);
    const variants = [base, branch].map((url, index) => ({
      name: index === 0 ? 'base' : 'changed',
      description: redactText(url),
      url: redactText(url),
    }));
    const plan = { ...session.plan, runs: 30 };
    await writeFile(join(folder, 'session.json'), JSON.stringify({ ...session, variants, plan }));
    return folder;
  }

  test('whose pairs tell is judged by them, without the half pair, and records no more', async () => {
    const folder = await left(300);
    const before = await sessionIn(folder);
    const args = [base, branch, '--resume', folder, '--scenario', await scenarioFor(folder)];
    const { code, err } = await compare(...args, '--reporter', 'json', '-q');
    expect([code, err()]).toEqual([1, '']);
    expect(await sessionIn(folder)).toEqual(before);
    const whole = { ...before, loads: before.loads.filter(({ round }) => round < 12) };
    const settings = { metrics: DEFAULT_METRICS, marginPercent: 10, maxPairs: 24 };
    const [resumed, uninterrupted] = [before, whole].map((session) =>
      compareVariants(session, 'base', 'changed', settings),
    );
    expect(resumed?.metrics.map(({ finding, judgedPairs, p }) => [finding, judgedPairs, p])).toEqual(
      uninterrupted?.metrics.map(({ finding, judgedPairs, p }) => [finding, judgedPairs, p]),
    );
  });

  test.each([[[branch, base]], [[base, branch, '--max-pairs', '12']], [[base, 'http://other.test/']]])(
    'does not go on as another one: %j',
    async (args) => {
      const folder = await left(300);
      const { code, err } = await compare(
        ...args,
        '--resume',
        folder,
        '--scenario',
        await scenarioFor(folder),
      );
      expect([code, err()]).toEqual([2, expect.stringContaining('was planned otherwise')]);
    },
  );

  test.each([
    ['--metrics', 'icp'],
    ['--margin', '50'],
  ])('does not go on with another question: %s %s', async (...others) => {
    const folder = await left(300);
    const args = [base, branch, '--resume', folder, '--scenario', await scenarioFor(folder)];
    expect((await compare(...args)).code).toBe(1);
    const { code, err } = await compare(...args, ...others);
    expect([code, err()]).toEqual([
      2,
      expect.stringContaining('Give --metrics inp,icp --margin 10 as before'),
    ]);
  });

  test('goes on with the same metrics in whatever order they are named', async () => {
    const folder = await left(300);
    const args = [base, branch, '--resume', folder, '--scenario', await scenarioFor(folder)];
    expect((await compare(...args, '--metrics', 'icp,inp,icp')).code).toBe(1);
    expect((await compare(...args, '--metrics', 'inp,icp')).code).toBe(1);
  });

  test('does not go on in other surroundings, and names them', async () => {
    const folder = await left(300);
    const others = ['--cpu-throttle', 'low-tier-mobile', '--cache', 'warm', '--time-zone', 'Asia/Tokyo'];
    const args = [base, branch, '--resume', folder, '--scenario', await scenarioFor(folder), ...others];
    const { code, err } = await compare(...args);
    expect([code, err()]).toEqual([
      2,
      expect.stringContaining('had other settings: timeZone, cache, cpuThrottle'),
    ]);
  });
});

const newFolder = async (): Promise<string> => join(await temporaryFolder(), 'compared');

const alone = (inp: number, seed: number, from: number): Promise<string> =>
  folderWith(
    at(loadsOf('page', about(inp, 12, seed)), (round) => from + round),
    'page',
  );

describe('two sessions', () => {
  test('that were recorded one after the other are no gate, however they differ', async () => {
    const args = [await alone(200, 1, 0), await alone(400, 2, 100)];
    const { code, out } = await compare(...args);
    expect(out()).toMatch(/^Stored baseline: not a gate: test, changed against base/);
    expect(code).toBe(5);
    // They may be of one address, and their order was nobody's choice.
    expect(out()).toMatch(
      new RegExp(`Note: base is ${args[0] ?? ''} \\(.*\\); changed is ${args[1] ?? ''} \\(`),
    );
    expect(out()).not.toContain('drawn from seed');
    expect((await compare(...args, '--on-inconclusive', 'pass')).code).toBe(0);
  });

  test('must have one variant each', async () => {
    const { code, err } = await compare(await interleaved(200), await interleaved(200));
    expect([code, err()]).toEqual([2, expect.stringContaining('Compare two of them with --session')]);
  });
});

describe('what was recorded before, with a folder named', () => {
  const TRACE = join(import.meta.dirname, '../../fixtures/traces/click-fetch.json.gz');

  /** One variant, whose loads share a trace. */
  async function traced(inp: number): Promise<string> {
    const traceFile = 'Trace-page.json.gz';
    const loads = loadsOf('page', about(inp, 12, inp)).map((load) => ({
      ...load,
      trace: traceResult(),
      traceFile,
    }));
    const folder = await folderWith(loads, 'page');
    await copyFile(TRACE, join(folder, traceFile));
    return folder;
  }

  test('two sessions become one, with traces, verdict and report', async () => {
    const [base, changed, output] = [await traced(200), await traced(400), await newFolder()];
    const { code, err } = await compare(base, changed, '-o', output);
    expect(code).toBe(5);
    expect(err()).toContain(`Report: ${join(output, 'report.html')}.`);
    expect((await readdir(output)).toSorted()).toEqual([
      'Trace-base-page.json.gz',
      'Trace-changed-page.json.gz',
      'comparison.json',
      'report.html',
      'session.json',
    ]);
    const { variants, loads, summary } = await sessionIn(output);
    expect(variants.map(({ name, description }) => [name, description])).toEqual([
      ['base', expect.stringContaining(base)],
      ['changed', expect.stringContaining(changed)],
    ]);
    expect([loads.length, summary.length]).toEqual([24, 2]);
    const page = await readFile(join(output, 'report.html'), 'utf8');
    const drawn = [...page.matchAll(/data-tracks="([^"]*)"/g)].map(([, id = '']) => id.replace(/\d+$/, ''));
    expect(drawn).toEqual(['base-page-', 'changed-page-']);
    // It is a folder like any other.
    const io = fakeIo();
    expect([await run(['report', output], io), io.err()]).toEqual([
      0,
      expect.not.stringContaining('no timeline'),
    ]);
  });

  test('traces that are not there any more are missing from the report alone', async () => {
    const [base, changed, output] = [await traced(200), await traced(400), await newFolder()];
    await rm(join(base, 'Trace-page.json.gz'));
    const { code, err } = await compare(base, changed, '-o', output);
    expect([code, err()]).toEqual([5, expect.stringContaining('There is no timeline of load base-page-')]);
  });

  test('two variants of a session are kept with their verdict', async () => {
    const output = await newFolder();
    const { code } = await compare('main', 'branch', '--session', await interleaved(260), '-o', output, '-q');
    expect(code).toBe(1);
    expect(JSON.parse(await readFile(join(output, 'comparison.json'), 'utf8'))).toMatchObject({
      verdict: 'fail',
    });
  });

  test('no recording is written over', async () => {
    const folder = await alone(200, 1, 0);
    const { code, err } = await compare(folder, await alone(400, 2, 100), '-o', folder);
    expect([code, err()]).toEqual([2, expect.stringContaining('holds a recording already')]);
  });

  test.each([
    [['--cpu-throttle', '4'], '--cpu-throttle'],
    [['--no-capture-lock'], '--no-capture-lock'],
    [['--resume', 'results'], '--resume'],
  ])('nothing is heeded in silence: %j', async (flags, named) => {
    const { code, err } = await compare('base', 'changed', ...flags);
    expect([code, err()]).toEqual([2, expect.stringContaining(`${named} is for recording`)]);
  });
});

test.each([
  [['main'], 'It takes two versions to compare'],
  [['a', 'b', '--session', '.', '--max-pairs', '41'], 'There are at most 40 pairs'],
  [['a', 'b', '--session', '.', '--metrics', 'inp,nip'], 'There is no metric “nip”'],
  [['http://a.test/', 'http://b.test/'], 'It is not said what to do on the page'],
  [['--base', 'main'], 'It is not said how a checkout is served'],
  [
    ['--base', 'HEAD', '--start-server', 'true', '--url', 'http://localhost:3000/'],
    'the same for both versions',
  ],
])('%j is refused', async (args, message) => {
  const { code, err } = await compare(...args);
  expect([code, err()]).toEqual([2, expect.stringContaining(message)]);
});

describe('of what is given together', () => {
  const pages = ['http://a.test/', 'http://b.test/'];
  test.each([
    [[...pages, '--click', '#go', '--session', 'results'], '--session and two addresses'],
    [[...pages, '--click', '#go', '--build', 'make'], '--build and two addresses'],
    [[...pages, '--click', '#go', '--url', 'http://localhost:{port}/'], '--url and two addresses'],
    [[...pages, '--base', 'main'], 'Two versions to compare and --base'],
    [['--base', 'main', '--session', 'results'], '--session and --base'],
    [[...pages, '--auto'], '--auto is for `inpact record` alone'],
  ])('nothing is ignored: %j', async (args, message) => {
    const { code, err } = await compare(...args);
    expect([code, err()]).toEqual([2, expect.stringContaining(message)]);
  });
});

test('a scenario without an interaction is refused before anything is recorded', async () => {
  const file = join(await temporaryFolder(), 'scroll.mjs');
  await writeFile(
    file,
    "export default { name: 'read', steps: [{ name: 'scroll', expects: 'nothing', run() {} }] };",
  );
  const { code, err } = await compare('http://a.test/', 'http://b.test/', '--scenario', file);
  expect([code, err()]).toEqual([2, expect.stringContaining('No step of the scenario read expects')]);
});

test('hears of missing source maps before anything is recorded', async () => {
  const output = join(await temporaryFolder(), 'results');
  const page = 'http://127.0.0.1:9/';
  const { code, err } = await compare(
    page,
    page,
    '--click',
    '#go',
    '-o',
    output,
    '--source-maps',
    '/nowhere/maps',
  );
  expect([code, err()]).toEqual([3, expect.stringContaining('There is no folder /nowhere/maps')]);
  expect(existsSync(output)).toBe(false);
});

test('runs as a program', async () => {
  const { code, stdout } = await inpact(['compare', 'main', 'branch', '--session', await interleaved(260)]);
  expect(code).toBe(1);
  expect(stdout).toContain('it regressed');
});
