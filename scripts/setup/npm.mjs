// npm: how to start it, and what its errors ask for.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runStep } from './child.mjs';
import { SetUpError } from './failure.mjs';

/**
 * Installs the lock file's packages into node_modules, which it empties first.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export async function npmCi(root, env) {
  const npm = npmCommand(root, env);
  // NODE_ENV=production would leave the compiler out, and `npm run --silent` would hide the errors.
  const args = [
    ...npm.args,
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { code, output } = await runStep(
    { ...npm, args },
    { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // What went wrong comes first; a stack or npm's usage follows.
  const lines = output.trim().split('\n').slice(0, 12);
  if (code !== 0) throw new SetUpError(`npm ci failed\n${lines.join('\n')}`, { hint: npmAdvice(output) });
}

/**
 * How npm is started. The npm that runs us says where it is (`npm_execpath`); yarn and pnpm use the same variable.
 * Not with the Node in node_modules where that can be helped: `npm ci` is about to delete it.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {{execPath?: string, platform?: string, exists?: (path: string) => boolean}} [seams]
 * @returns {{command: string, args: string[], shell: boolean}}
 */
export function npmCommand(root, env, seams = {}) {
  const { execPath = process.execPath, platform = process.platform, exists = existsSync } = seams;
  const inside = join(root, 'node_modules');
  const nodes = [env.npm_node_execpath ?? execPath, execPath];
  const node = nodes.find((path) => !path.startsWith(inside) && exists(path)) ?? execPath;
  const script = [
    basename(env.npm_execpath ?? '') === 'npm-cli.js' ? env.npm_execpath : undefined,
    join(dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js'), // Windows
    join(dirname(node), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => path !== undefined && exists(path));
  if (script !== undefined) return { command: node, args: [script], shell: false };
  // A .cmd file starts only through the shell.
  return platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false };
}

/** @type {readonly (readonly [RegExp, string])[]} */
const ADVICE = [
  [/\bEUSAGE\b/, 'package.json and package-lock.json differ: run `npm install`, then commit the lock file.'],
  [
    /\b(EACCES|EPERM|EROFS)\b/,
    'A folder cannot be written: node_modules or the npm cache may belong to another user (after `sudo npm`). Delete it, or give it back to yours.',
  ],
  [/\bEBUSY\b/, 'A program is using node_modules: close it (an editor, a running server) and try again.'],
  [/\bENOSPC\b/, 'The disk is full: make room and try again.'],
  [
    /\bEINTEGRITY\b/,
    'A package is not the one in the lock file: run `npm cache clean --force` and try again.',
  ],
  [
    /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL/,
    "The registry's certificate is not trusted: give npm your network's own (`npm config set cafile <file>`).",
  ],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|E5\d\d)\b/,
    'The npm registry cannot be reached: check the network, the proxy (HTTPS_PROXY), and `npm config get registry`.',
  ],
  [
    /\bE40[134]\b/,
    'The npm registry refuses a package: check `npm config get registry` and that you may use it.',
  ],
];

/** What to do about a failed npm command, by the code in its output. */
export function npmAdvice(/** @type {string} */ output) {
  const known = ADVICE.find(([code]) => code.test(output));
  return known?.[1] ?? 'Run `npm ci` by hand to see more.';
}
