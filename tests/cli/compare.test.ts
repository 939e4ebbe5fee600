import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import type { Load, Session } from '../../src/result/session.ts';
import { about, loadsOf } from '../support/compared.ts';
import { fakeIo, type FakeIo } from '../support/fake-io.ts';
import { evidenceOf } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';
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

const interleaved = (changed: number): Promise<string> =>
  folderWith(
    [
      ...at(loadsOf('main', about(200, 12, 1)), (round) => 2 * round),
      ...at(loadsOf('branch', about(changed, 12, 2)), (round) => 2 * round + 1),
    ],
    'main',
    'branch',
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

  test('must be variants of it', async () => {
    const { code, err } = await compare('main', 'bench', '--session', await interleaved(260));
    expect([code, err()]).toEqual([2, expect.stringContaining('it has main, branch.')]);
  });
});

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
    expect((await compare(...args, '--on-inconclusive', 'pass')).code).toBe(0);
  });

  test('must have one variant each', async () => {
    const { code, err } = await compare(await interleaved(200), await interleaved(200));
    expect([code, err()]).toEqual([2, expect.stringContaining('Compare two of them with --session')]);
  });
});

test.each([
  [['main'], 'It takes two versions to compare'],
  [['a', 'b', '--session', '.', '--max-pairs', '41'], 'There are at most 40 pairs'],
  [['a', 'b', '--session', '.', '--metrics', 'inp,nip'], 'There is no metric “nip”'],
  [['http://a.test/', 'http://b.test/'], 'It is not said what to do on the page'],
  [['--base', 'main'], 'It is not said how a checkout is served'],
])('%j is refused', async (args, message) => {
  const { code, err } = await compare(...args);
  expect([code, err()]).toEqual([2, expect.stringContaining(message)]);
});

test('runs as a program', async () => {
  const { code, stdout } = await inpact(['compare', 'main', 'branch', '--session', await interleaved(260)]);
  expect(code).toBe(1);
  expect(stdout).toContain('it regressed');
});
