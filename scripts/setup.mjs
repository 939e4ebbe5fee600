// Makes a fresh clone ready to run: packages, build, browser. Then, when asked, runs the tool or an npm script.
// Plain Node 20 or newer, no dependency. stdout belongs to what is run; everything said here goes to stderr.

import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasFreshBuild } from './build.mjs';
import { run, runStep } from './setup/child.mjs';
import { BAD_USAGE, SetUpError } from './setup/failure.mjs';
import { withLock } from './setup/lock.mjs';
import { dropBrokenNode, findNode } from './setup/node.mjs';
import { npmCommand } from './setup/npm.mjs';
import { hasFreshPackages, installPackages } from './setup/packages.mjs';

const USAGE =
  'usage: node scripts/setup.mjs [--no-browser] [--run <inpact arguments…> | --script <npm script> [arguments…]]';

const CLI = 'dist/cli/main.js';

/**
 * What runs after the set-up: the tool, or an npm script.
 * @typedef {{kind: 'cli' | 'script', args: string[]}} Next
 */

/**
 * What the command line asks for.
 * @returns {{wantsBrowser: boolean, next: Next | undefined}}
 */
export function parseArguments(/** @type {readonly string[]} */ argv) {
  const [option, ...rest] = argv;
  if (option === undefined) return { wantsBrowser: true, next: undefined };
  if (option === '--no-browser') return { ...parseArguments(rest), wantsBrowser: false };
  // Everything that follows belongs to what is run: npm appends the user's arguments at the end.
  if (option === '--run') return { wantsBrowser: !namesChrome(rest), next: { kind: 'cli', args: rest } };
  const [script, ...args] = rest;
  if (option !== '--script')
    throw new SetUpError(`unknown option ${option}`, { hint: USAGE, code: BAD_USAGE });
  if (script === undefined) throw new SetUpError('--script needs a name', { hint: USAGE, code: BAD_USAGE });
  return { wantsBrowser: true, next: { kind: 'script', args: [script, '--', ...args] } };
}

/** Whether the tool is told which browser to use: it will say itself what is wrong with that one. */
function namesChrome(/** @type {readonly string[]} */ args) {
  return args.some((argument) => /^--chrome-path(=|$)/.test(argument));
}

/** Runs the stages that have something to do, then what was asked for. Resolves to the exit code. */
export async function setUp(/** @type {string} */ root, /** @type {readonly string[]} */ argv) {
  const { wantsBrowser, next } = parseArguments(argv);
  if (wantsBrowser || !hasFreshPackages(root) || !hasFreshBuild(root)) {
    const stages = () => runStages(root, wantsBrowser, next?.kind === 'script');
    await withLock(join(root, '.inpact', 'setup.lock'), stages, {
      onWait: ({ pid }) => say(`waiting for another set-up (process ${pid})`),
    });
  }
  if (next !== undefined) return runNext(root, next);
  say('ready');
  return 0;
}

async function runStages(root, /** @type {boolean} */ wantsBrowser, /** @type {boolean} */ canDoWithout) {
  if (!hasFreshPackages(root)) {
    await stage('packages', () => installPackages(root));
    dropBrokenNode(root);
  }
  if (!hasFreshBuild(root)) await stage('build', () => build(root));
  if (!wantsBrowser) return;
  try {
    await stage('browser', () => prepareBrowser(root));
  } catch (error) {
    // Most tests do without a browser, and those that need one say so.
    if (!canDoWithout || !(error instanceof SetUpError) || error.interrupted) throw error;
    explain(error);
  }
}

async function build(root) {
  const program = { command: findNode(root), args: ['scripts/build.mjs'] };
  const { code, output } = await runStep(program, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  if (code === 0) return 'dist is up to date';
  throw new SetUpError(`the build failed\n${output.trim()}`, {
    hint: 'Undo the change that broke it, or, when you changed nothing, delete dist and node_modules and try again.',
  });
}

// Its progress and its errors go straight to stderr; what it says on stdout ends up in our own line.
async function prepareBrowser(root) {
  const program = { command: findNode(root), args: [CLI, 'browser', '--install'] };
  const { code, output } = await runStep(program, {
    cwd: root,
    env: throughProxy(process.env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (code !== 0) throw new SetUpError('no browser is ready', { code });
  return output.trim().split('\n')[0];
}

/** Node looks at the proxy variables, as npm and curl do, only when told to. */
function throughProxy(/** @type {NodeJS.ProcessEnv} */ env) {
  const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
  const hasProxy = names.some((name) => env[name] !== undefined && env[name] !== '');
  return hasProxy ? { NODE_USE_ENV_PROXY: '1', ...env } : env;
}

async function runNext(root, /** @type {Next} */ { kind, args }) {
  if (kind === 'cli') {
    const program = { command: findNode(root), args: [join(root, CLI), ...args] };
    return (await run(program, { cwd: startFolder(root) })).code;
  }
  const npm = npmCommand(root, process.env);
  return (await run({ ...npm, args: [...npm.args, 'run', ...args] }, { cwd: root })).code;
}

/** npm goes to the checkout's root before it runs a script. Paths on the command line are from where the user is. */
function startFolder(root) {
  const here = process.cwd();
  return here === root ? (process.env.INIT_CWD ?? here) : here;
}

async function stage(/** @type {string} */ name, /** @type {() => Promise<string | undefined>} */ work) {
  const label = name.padEnd(8);
  const started = performance.now();
  if (process.stderr.isTTY) process.stderr.write(`set-up  ${label}  …`);
  /** @type {string | undefined} */
  let done = 'failed';
  try {
    done = await work();
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    say(`${label}  ${done ?? 'ready'} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
}

function say(line) {
  console.error(`set-up  ${line}`);
}

function explain({ message, hint }) {
  say(message);
  if (hint !== undefined) say(hint);
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetUpError(`Node ${process.version} is too old`, { hint: 'Install Node 22.12 or newer.' });
  }
  return setUp(join(dirname(self), '..'), process.argv.slice(2));
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === self) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    explain(error);
    process.exitCode = error.code;
  }
}
