import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** Where Debian puts each version. */
const DEBIAN = '/usr/lib/postgresql';
const READY_DEADLINE_MS = 20_000;

/** The programs of the newest PostgreSQL that is installed. Undefined where there is none. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

export interface Postgres {
  /** `postgres://…` */
  readonly url: string;
  stop(): Promise<void>;
}

/** A server of its own, in a temporary folder, on a free port of this machine. */
export async function startPostgres(bin: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'inpact-postgres-'));
  // PostgreSQL refuses to run as root: then it runs as the user that Debian makes for it.
  const user = process.getuid?.() === 0 ? await idsOf('postgres') : {};
  if ('uid' in user) await runFile('chown', [String(user.uid), folder]);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  await runFile(join(bin, 'initdb'), ['-D', data, '-U', 'inpact', '--auth=trust', '--no-sync'], {
    ...user,
    cwd: folder,
  });
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(bin, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://inpact@127.0.0.1:${String(port)}/postgres`, stop };
}

async function idsOf(name: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runFile('id', [flag, name])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function untilReady(bin: string, port: number): Promise<void> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < deadline) {
    const isReady = await runFile(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await delay(100);
  }
  throw new Error('PostgreSQL was not ready in time.');
}
