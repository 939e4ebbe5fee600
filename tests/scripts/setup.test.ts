import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

interface Asked {
  readonly wantsBrowser: boolean;
  readonly next: { readonly kind: string; readonly args: readonly string[] } | undefined;
}

// The scripts are plain JavaScript, which the compiler does not look into from here.
const { parseArguments } = await vi.importActual<{ parseArguments: (argv: readonly string[]) => Asked }>(
  '../../scripts/setup.mjs',
);
const { packagesHash } = await vi.importActual<{ packagesHash: (root: string) => string }>(
  '../../scripts/setup/packages.mjs',
);
const { sourceHash } = await vi.importActual<{ sourceHash: (root: string) => string }>(
  '../../scripts/build.mjs',
);

describe('the command line', () => {
  test('alone sets everything up and runs nothing', () => {
    expect(parseArguments([])).toEqual({ wantsBrowser: true, next: undefined });
  });

  test('gives all that follows --run to the tool, options too', () => {
    expect(parseArguments(['--no-browser', '--run', 'analyze', 't.json', '--json', '--no-browser'])).toEqual({
      wantsBrowser: false,
      next: { kind: 'cli', args: ['analyze', 't.json', '--json', '--no-browser'] },
    });
  });

  test('separates the arguments of an npm script from those of npm', () => {
    expect(parseArguments(['--script', 'check', 'tests/stats', '-t', 'median']).next).toEqual({
      kind: 'script',
      args: ['check', '--', 'tests/stats', '-t', 'median'],
    });
  });

  test.each([['--chrome-path', '/opt/chrome'], ['--chrome-path=/opt/chrome']])(
    'looks for no browser when the tool is given %s',
    (...args) => {
      expect(parseArguments(['--run', 'demo', ...args])).toEqual({
        wantsBrowser: false,
        next: { kind: 'cli', args: ['demo', ...args] },
      });
    },
  );

  test.each([[['--run-demo']], [['--script']], [['demo']]])('refuses %s with exit code 2', (argv) => {
    expect(() => parseArguments(argv)).toThrow(expect.objectContaining({ code: 2 }));
  });
});

/** A tool that takes a while to end when a signal asks it to. */
const patient = (signal: string, code: number): string => `
  process.once('${signal}', () => setTimeout(() => { console.log('tidied up'); process.exit(${code}); }, 100));
  setInterval(() => {}, 1000);
  console.log('running');`;

describe.skipIf(process.platform === 'win32')('a checkout that is set up', () => {
  let root = '';

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'inpact-setup-')));
    await cp(join(import.meta.dirname, '../../scripts'), join(root, 'scripts'), { recursive: true });
    await mkdir(join(root, 'node_modules/node/bin'), { recursive: true });
    await mkdir(join(root, 'dist/cli'), { recursive: true });
    await symlink(process.execPath, join(root, 'node_modules/node/bin/node'));
    await write('package.json', '{ "type": "module" }');
    await write('package-lock.json', '{}');
    await write('node_modules/.inpact-packages', packagesHash(root));
    await write('dist/.inpact-build', sourceHash(root));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  const write = (path: string, text: string): Promise<void> => writeFile(join(root, path), text);

  interface Ended {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  interface Circumstances {
    /** Sent when the tool has said something. */
    readonly signal?: NodeJS.Signals;
    /** As npm does, with a shell between: it is the shell that gets the signals. */
    readonly throughShell?: boolean;
  }

  /** Runs the set-up with `cli` in place of the tool. */
  async function setUp(
    cli: string,
    args: readonly string[],
    { signal, throughShell = false }: Circumstances = {},
  ): Promise<Ended> {
    await write('dist/cli/main.js', cli);
    const command = [process.execPath, join(root, 'scripts/setup.mjs'), ...args];
    const [program = '', ...rest] = throughShell ? ['sh', '-c', '"$@"; exit', 'sh', ...command] : command;
    const child = spawn(program, rest, { cwd: root, env: { ...process.env, npm_lifecycle_event: 'inpact' } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout === '' && signal !== undefined) child.kill(signal);
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, stdout, stderr };
  }

  test("passes the tool's arguments, output and exit code on, and adds nothing to either stream", async () => {
    const cli = 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 5;';
    const ended = await setUp(cli, ['--no-browser', '--run', 'analyze', 'a file.json', '--json']);
    expect(ended).toEqual({ code: 5, stdout: '["analyze","a file.json","--json"]\n', stderr: '' });
  });

  test('lets an interrupt reach the tool and waits for what it makes of it', async () => {
    const ended = await setUp(patient('SIGINT', 130), ['--no-browser', '--run'], {
      signal: 'SIGINT',
    });
    expect(ended).toEqual({ code: 130, stdout: 'running\ntidied up\n', stderr: '' });
  });

  test('ends the tool when the shell that npm put between is ended', async () => {
    const ended = await setUp(patient('SIGTERM', 143), ['--no-browser', '--run'], {
      signal: 'SIGTERM',
      throughShell: true,
    });
    expect(ended.stdout).toBe('running\ntidied up\n');
  });

  test('reports a tool that a signal ended as a shell does, as 128 + n', async () => {
    const ended = await setUp("process.kill(process.pid, 'SIGKILL');", ['--no-browser', '--run']);
    expect(ended.code).toBe(137);
  });

  test('prepares the browser before the tool, and keeps what that says off stdout', async () => {
    const ended = await setUp('console.log(process.argv.slice(2).join(" "));', ['--run', 'demo']);
    expect(ended.stdout).toBe('demo\n');
    expect(ended.stderr).toMatch(/^set-up {2}browser {3}browser --install \(\d+\.\d s\)\n$/);
  });

  test("ends with the browser's exit code when there is none, and does not run the tool", async () => {
    const ended = await setUp('console.log("here"); process.exitCode = 4;', ['--run', 'demo']);
    expect(ended).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining('no browser is ready'),
    });
  });

  test('runs an npm script without a browser all the same', async () => {
    await write('package.json', '{ "type": "module", "scripts": { "check": "echo checked" } }');
    await write('node_modules/.inpact-packages', packagesHash(root));
    await write('dist/.inpact-build', sourceHash(root));
    const ended = await setUp('process.exitCode = 4;', ['--script', 'check', 'this']);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('checked this') });
    expect(ended.stderr).toContain('no browser is ready');
  });

  test('takes over the lock of a set-up that was killed', async () => {
    await mkdir(join(root, '.inpact/setup.lock'), { recursive: true });
    // Process ids end far below this one.
    const owner = { pid: 2 ** 30, host: hostname(), since: Date.now() };
    await write('.inpact/setup.lock/owner.json', JSON.stringify(owner));
    const ended = await setUp('', ['--run']);
    expect(ended.code).toBe(0);
  });

  test('says that the build failed, and how', async () => {
    await write('dist/.inpact-build', 'stale');
    const ended = await setUp('', ['--no-browser', '--run']);
    expect(ended).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining('vite.config.ts is missing'),
    });
  });
});
