import { describe, expect, test, vi } from 'vitest';

interface Locked {
  readonly packages: Readonly<Record<string, object>>;
}
interface Packages {
  readonly holdsLocked: (lock: Locked, installed: Locked, machine: object) => boolean;
}
interface Npm {
  readonly npmCommand: (root: string, env: object, seams: object) => object;
  readonly npmAdvice: (output: string) => string;
}
interface NodeFinder {
  readonly isNewEnough: (version: string | undefined) => boolean;
  readonly findNode: (root: string, seams: object) => string;
}
interface LockFolder {
  readonly isStale: (owner: object, seams: object) => boolean;
}

// The scripts are plain JavaScript, which the compiler does not look into from here.
const { holdsLocked } = await vi.importActual<Packages>('../../scripts/setup/packages.mjs');
const { npmCommand, npmAdvice } = await vi.importActual<Npm>('../../scripts/setup/npm.mjs');
const { isNewEnough, findNode } = await vi.importActual<NodeFinder>('../../scripts/setup/node.mjs');
const { isStale } = await vi.importActual<LockFolder>('../../scripts/setup/lock.mjs');

const binding = (libc: string): object => ({
  version: '1.0.0',
  optional: true,
  os: ['linux'],
  cpu: ['x64'],
  libc: [libc],
});

describe('a node_modules that another npm command has filled', () => {
  const machine = { platform: 'linux', arch: 'x64', libc: 'glibc' };
  const vite = { 'node_modules/vite': { version: '8.0.0' } };
  const holds = (locked: Locked['packages'], installed: Locked['packages']): boolean =>
    holdsLocked({ packages: { '': {}, ...locked } }, { packages: installed }, machine);

  test('is taken as it is when every package has its version', () => {
    expect(holds(vite, { ...vite, 'node_modules/extra': { version: '1.0.0' } })).toBe(true);
  });

  test('is not when a package is missing', () => {
    expect(holds(vite, {})).toBe(false);
  });

  test('is not when a package has another version', () => {
    expect(holds(vite, { 'node_modules/vite': { version: '8.0.1' } })).toBe(false);
  });

  test('may lack what is for other machines', () => {
    expect(holds({ ...vite, 'node_modules/binding-musl': binding('musl') }, vite)).toBe(true);
  });

  test('may not lack what is for this machine: it comes from another', () => {
    expect(holds({ ...vite, 'node_modules/binding-gnu': binding('glibc') }, vite)).toBe(false);
  });
});

describe('npm', () => {
  const onSystem = { execPath: '/usr/bin/node', platform: 'linux', exists: () => true };

  test('is the one that runs us', () => {
    const env = { npm_execpath: '/opt/npm/bin/npm-cli.js', npm_node_execpath: '/opt/node' };
    expect(npmCommand('/checkout', env, onSystem)).toMatchObject({
      command: '/opt/node',
      args: ['/opt/npm/bin/npm-cli.js'],
    });
  });

  test('is not yarn, which says where it is in the same variable', () => {
    const env = { npm_execpath: '/opt/yarn.js' };
    expect(
      npmCommand('/checkout', env, { ...onSystem, exists: (path: string) => path === '/usr/bin/node' }),
    ).toEqual({
      command: 'npm',
      args: [],
      shell: false,
    });
  });

  test('does not run on the Node that it is about to delete', () => {
    const env = { npm_execpath: '/opt/npm-cli.js', npm_node_execpath: '/usr/bin/node' };
    const seams = { ...onSystem, execPath: '/checkout/node_modules/node/bin/node' };
    expect(npmCommand('/checkout', env, seams)).toMatchObject({ command: '/usr/bin/node' });
  });

  test('starts through the shell on Windows when its script is not found', () => {
    const seams = { execPath: 'C:\\node.exe', platform: 'win32', exists: () => false };
    expect(npmCommand('/checkout', {}, seams)).toEqual({ command: 'npm.cmd', args: [], shell: true });
  });

  test.each([
    ['npm error code ENOTFOUND', 'registry cannot be reached'],
    ['npm error code EACCES', 'belong to another user'],
    ['npm error code EUSAGE', 'package.json and package-lock.json differ'],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['npm error code E403', 'refuses'],
    ['npm error code EVERYTHING', 'by hand'],
  ])('that ends with "%s" gets the advice "…%s…"', (output, advice) => {
    expect(npmAdvice(output)).toContain(advice);
  });
});

describe('the Node that runs the tool', () => {
  const oldSystem = { running: { execPath: '/usr/bin/node', version: 'v20.20.2' } };

  test.each([
    ['v22.12.0', true],
    ['v22.11.0', false],
    ['v24.0.0', true],
    ['v20.20.2', false],
    [undefined, false],
  ])('of version %s is new enough: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

  test("is the checkout's own when that starts", () => {
    const node = findNode('/checkout', {
      ...oldSystem,
      versionOf: (path: string) => (path.startsWith('/checkout') ? 'v24.1.0' : undefined),
    });
    expect(node).toMatch(/^\/checkout.node_modules.node.bin/);
  });

  test("is the system's when install scripts were not run, and it is new enough", () => {
    const running = { execPath: '/usr/bin/node', version: 'v22.12.0' };
    expect(findNode('/checkout', { running, versionOf: () => undefined })).toBe('/usr/bin/node');
  });

  test('is asked for when there is none', () => {
    expect(() => findNode('/checkout', { ...oldSystem, versionOf: () => undefined })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('npm rebuild node --ignore-scripts=false') }),
    );
  });
});

describe('a lock', () => {
  const now = 1_000_000_000;
  const owner = { pid: 12, host: 'here', since: now - 60_000 };

  test('of a live process holds', () => {
    expect(isStale(owner, { now, host: 'here', isAlive: () => true })).toBe(false);
  });

  test('of a process that is gone does not', () => {
    expect(isStale(owner, { now, host: 'here', isAlive: () => false })).toBe(true);
  });

  test('from another container holds: process ids mean nothing there', () => {
    expect(isStale(owner, { now, host: 'there', isAlive: () => false })).toBe(false);
  });

  test('is not believed for ever', () => {
    const old = { ...owner, since: now - 30 * 60_000 };
    expect(isStale(old, { now, host: 'there', isAlive: () => true })).toBe(true);
  });
});
