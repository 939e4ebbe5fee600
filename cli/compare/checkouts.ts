import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnServer, startServer } from '../../src/capture/server/own-server.ts';
import type { Settings } from '../../src/capture/settings/settings.ts';
import { InpactError } from '../../src/index.ts';
import { withCaptureLock } from '../capture-lock.ts';
import type { Io } from '../io.ts';
import { termText } from '../output/terminal.ts';
import type { Addresses } from './record-pairs.ts';
import { readyPatternOf } from '../ready-pattern.ts';
import { outputOf, runCommand } from './run-command.ts';

export interface CheckoutOrder {
  /** A git reference: the version to compare the working copy with. */
  readonly ref: string;
  /** How a checkout is made ready, in its folder. */
  readonly build: string | undefined;
  /** The page's address on each server, with `{port}` in it. */
  readonly page: string;
  /** How it is served: with its port as PORT, and for `{port}`. */
  readonly settings: Pick<
    Settings,
    'startServer' | 'readyPattern' | 'readyTimeoutMs' | 'captureLock' | 'quiet'
  >;
}

/**
 * Checks a git reference out beside the working copy, builds and serves both, and takes everything down again. As no other recording
 * may be disturbed by that, the machine is had from the building on. Of a repository that holds several packages it is the one in
 * whose folder the command line is.
 * @throws {InpactError} `bad-usage` where the reference, the command or the address's port is missing; `capture-failed` where the building or the serving fails.
 */
export async function withCheckouts<T>(
  order: CheckoutOrder,
  io: Io,
  use: (addresses: Addresses) => Promise<T>,
): Promise<T> {
  const { startServer: command } = order.settings;
  if (command === undefined) {
    throw new InpactError('bad-usage', 'It is not said how a checkout is served', {
      hint: 'Give --start-server "npm start", which gets its port as PORT and for {port}.',
    });
  }
  if (!order.page.includes('{port}')) throw samePage(order.page);
  const commit = await commitOf(order.ref);
  return withCaptureLock(order.settings, io, () => checkedOut({ ...order, commit, command }, io, use));
}

interface CheckedOrder extends CheckoutOrder {
  readonly commit: string;
  readonly command: string;
}

async function checkedOut<T>(
  order: CheckedOrder,
  io: Io,
  use: (addresses: Addresses) => Promise<T>,
): Promise<T> {
  const { commit, command } = order;
  const checkout = join(await mkdtemp(join(tmpdir(), 'inpact-base-')), 'checkout');
  const servers: OwnServer[] = [];
  try {
    io.stderr(`Base: ${termText(order.ref)} (${commit.slice(0, SHOWN)}) in ${termText(checkout)}.\n`);
    await runCommand(['git', 'worktree', 'add', '--detach', checkout, commit], io.signal);
    const folder = await folderIn(checkout, order.ref);
    for (const place of [folder, process.cwd()]) {
      if (order.build !== undefined) await runCommand(order.build, io.signal, place);
    }
    const base = await serve(order, command, folder, io.signal);
    servers.push(base.server);
    const changed = await serve(order, command, process.cwd(), io.signal);
    servers.push(changed.server);
    const versions = { base: `commit ${commit.slice(0, SHOWN)}`, changed: await workingCopy() };
    const used = await use({ base: base.address, changed: changed.address, versions });
    for (const { refuseFailed } of servers) refuseFailed();
    return used;
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
    await runCommand(['git', 'worktree', 'remove', '--force', checkout]).catch(() => undefined);
    await rm(join(checkout, '..'), { recursive: true, force: true });
  }
}

/** Both would be asked of whoever serves that address now, which need be neither of the two. */
const samePage = (page: string): InpactError =>
  new InpactError('bad-usage', `The address ${page} is the same for both versions`, {
    hint: 'Each is served at a port of its own. Write {port} in its place, as in --url http://localhost:{port}/shop.',
  });

/** The same folder of the checkout as the working copy's, in which the command line is. */
async function folderIn(checkout: string, ref: string): Promise<string> {
  const inside = await outputOf(['git', 'rev-parse', '--show-prefix']);
  const folder = join(checkout, inside);
  if (existsSync(folder)) return folder;
  throw new InpactError('bad-usage', `There is no folder ${inside} in ${ref}`, {
    hint: 'Compare with a commit that has it, or from the folder of a package that both have.',
  });
}

/** So much of a commit is shown. */
const SHOWN = 12;

/** Its commit, and what was changed since in files that git knows: once it was built, as that may change some. */
async function workingCopy(): Promise<string> {
  const commit = await commitOf('HEAD');
  const changes = await outputOf(['git', 'diff', '--binary', 'HEAD']);
  const text = `working copy of ${commit.slice(0, SHOWN)}`;
  if (changes === '') return text;
  return `${text} with changes ${createHash('sha256').update(changes).digest('hex').slice(0, 8)}`;
}

async function commitOf(ref: string): Promise<string> {
  try {
    return await outputOf(['git', 'rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]);
  } catch (cause) {
    throw new InpactError('bad-usage', `There is no git reference ${ref} here`, {
      hint: 'In CI, fetch it first: a shallow clone has only one commit.',
      cause,
    });
  }
}

async function serve(
  { page, settings: { readyPattern, readyTimeoutMs } }: CheckoutOrder,
  command: string,
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly server: OwnServer; readonly address: string }> {
  const port = String(await freePort());
  const server = await startServer({
    command: command.replaceAll('{port}', port),
    folder,
    port,
    readyPattern: readyPatternOf(readyPattern),
    readyTimeoutMs,
    signal,
  });
  return { server, address: page.replaceAll('{port}', port) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
