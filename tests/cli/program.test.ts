import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { programOf } from '../../cli/program.ts';
import { run } from '../../cli/run.ts';
import { RUNS } from '../../cli/runs.ts';
import { VIEWPORT } from '../../src/capture/browser/browser.ts';
import { DEADLINES } from '../../src/capture/deadlines.ts';
import { settingsSchema } from '../../src/capture/settings/settings.ts';
import { DEFAULT_REPETITIONS, VERSION } from '../../src/index.ts';
import { fakeIo } from '../support/fake-io.ts';
import { inpact, startInpact } from '../support/spawned.ts';

test('--help lists the commands on stdout', async () => {
  const io = fakeIo();
  expect(await run(['--help'], io)).toBe(0);
  for (const command of ['demo', 'record', 'analyze', 'report', 'browser']) {
    expect(io.out()).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  }
  expect(io.err()).toBe('');
});

test.each(['demo', 'record', 'analyze', 'report', 'browser'])(
  '%s --help says what it takes',
  async (command) => {
    const io = fakeIo();
    expect(await run([command, '--help'], io)).toBe(0);
    expect(io.out()).toContain(`Usage: inpact ${command}`);
  },
);

/** What a flag's help ends with, by the flag's setting. */
async function defaultsIn(command: string): Promise<ReadonlyMap<string, string>> {
  const flags = programOf(fakeIo(), () => undefined).commands.find(
    (known) => known.name() === command,
  )?.options;
  return new Map(
    flags?.map((flag) => [flag.attributeName(), /\(default: (.*)\)$/.exec(flag.description)?.[1] ?? '']),
  );
}

test('--help says what holds without a flag, as the settings have it', async () => {
  const defaults = await defaultsIn('record');
  const settings = { ...v.parse(settingsSchema, {}), runs: RUNS.record };
  const valued = Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'number' || typeof value === 'string' ? [[name, String(value)] as const] : [],
  );
  expect(valued.length).toBeGreaterThan(5);
  expect(valued.map(([name]) => [name, defaults.get(name)])).toEqual(valued);
  const deadlines = ['navigation', 'step', 'element', 'call'] as const;
  expect(deadlines.map((name) => defaults.get(`${name}TimeoutMs`))).toEqual(
    deadlines.map((name) => String(DEADLINES[`${name}Ms`])),
  );
  expect(defaults.get('hangTimeoutMs')).toBe(String(DEADLINES.answerMs));
  expect(defaults.get('viewport')).toBe(`${String(VIEWPORT.width)}x${String(VIEWPORT.height)}`);
});

test('a comparison finds out how many loads it takes, and takes no number of runs', async () => {
  const defaults = await defaultsIn('compare');
  expect(defaults.get('repetitions')).toBe(String(DEFAULT_REPETITIONS));
  expect(defaults.has('runs')).toBe(false);
});

test('--version prints the version alone', async () => {
  const io = fakeIo();
  expect(await run(['--version'], io)).toBe(0);
  expect(io.out()).toBe(`${VERSION}\n`);
});

test.each([
  ['no command', []],
  ['an unknown command', ['measure']],
  ['an unknown option', ['analyze', '--fast', 'a.json']],
  ['a missing argument', ['analyze']],
  ['an argument too many', ['report', 'a', 'b']],
  ['no runs', ['demo', '-n', '0']],
  ['half a run', ['demo', '-n', '1.5']],
  ['runs in words', ['demo', '-n', 'many']],
  ['too many runs to count', ['demo', '-n', '1e300']],
  ['warm-ups below none', ['demo', '--warm-ups', '-1']],
  ['a port that does not exist', ['demo', '--port', '65536']],
  ['no port at all', ['demo', '--port', '']],
])('%s is wrong usage: exit code 2, help on stderr, nothing on stdout', async (_, args) => {
  const io = fakeIo();
  expect(await run(args, io)).toBe(2);
  expect(io.out()).toBe('');
  expect(io.err()).toMatch(/help/);
});

test('what nobody foresaw is our bug: exit code 70, with the stack', async () => {
  const io = fakeIo({
    stdout: () => {
      throw new TypeError('x is not a function \u001B[31m');
    },
  });
  expect(await run(['browser', '--chrome-path', process.execPath], io)).toBe(70);
  expect(io.err()).toMatch(/bug in INPact.*\nTypeError: x is not a function \\x1b\[31m\n {4}at /);
});

test('what nobody catches ends the built program as our bug too, not as a budget that was exceeded', async () => {
  // Writing to this device fails as on a full disk.
  const full = await open('/dev/full', 'w');
  onTestFinished(() => full.close());
  const { code, stderr } = await startInpact(['--version'], { stdout: full.fd }).ended;
  expect(code).toBe(70);
  expect(stderr).toContain('ENOSPC');
});

test('a reader that closes the pipe early is no failure', async () => {
  const { child, ended } = startInpact(['--help']);
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('a reader of stderr that closes it early changes nothing', async () => {
  const { child, ended } = startInpact(['record']);
  child.stderr?.destroy();
  expect((await ended).code).toBe(2);
});

test('the built program says its version', async () => {
  expect(await inpact(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('the built program refuses what it does not know', async () => {
  expect(await inpact(['measure'])).toMatchObject({ code: 2, stdout: '' });
});
