import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { inpactServer } from '../../../src/server/index.ts';
import { CONNECTION_DELAYS } from './delays.ts';

/** Serves a page, and data with a delay planted in one place. A process of its own, so that its event loop is its own. */
const agent = inpactServer({ enabled: true });
const file = (name: string): Promise<Buffer> => readFile(new URL(name, import.meta.url));

function busy(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(url, 'http://site');
  const planted = (name: string): number => Number(searchParams.get(name) ?? 0);
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cache-Control', 'no-store');
  if (pathname === '/block') {
    busy(planted('ms'));
    response.writeHead(204).end();
    return;
  }
  if (searchParams.has('redirect')) {
    await delay(planted('redirect'));
    response.writeHead(302, { Location: '/data?wait=120' }).end();
    return;
  }
  busy(planted('work'));
  if (planted('wait') > 0) await agent.span('upstream', () => delay(planted('wait')));
  if (planted('query') > 0) {
    agent.query("SELECT * FROM rows WHERE owner = 'Ann' AND size > 42", () => busy(planted('query')));
  }
  response.setHeader('Content-Type', 'application/json');
  if (planted('trickle') > 0) {
    // The headers go with the first bytes of the body.
    response.write('{"rows":');
    await delay(planted('trickle'));
    response.end('20}');
  } else response.end('{"rows":20}');
}

const listener = agent.wrap((request, response) => void answer(request, response));
const page = await file('page.html');
const site = createServer((request, response) => {
  if (request.url === '/trace') agent.handler(request, response);
  else if (request.url === '/') response.setHeader('Content-Type', 'text/html').end(page);
  else listener(request, response);
});
site.keepAliveTimeout = 60_000;

const secure = createTlsServer(
  { key: await file('key.pem'), cert: await file('certificate.pem') },
  (request, response) => {
    // Each request shall need a connection.
    response.setHeader('Connection', 'close');
    listener(request, response);
  },
);

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const securePort = await listening(secure);

/** Takes a connection at once, as the operating system does, and begins to serve it later. */
const slow = (ms: number): Server =>
  createTcpServer((client) => {
    client.on('error', () => client.destroy());
    setTimeout(() => {
      const server = connect(securePort, '127.0.0.1');
      server.on('error', () => client.destroy());
      client.pipe(server).pipe(client);
    }, ms);
  });

const origins = await Promise.all(
  CONNECTION_DELAYS.map(
    async (ms) => [ms, `https://127.0.0.1:${String(await listening(slow(ms)))}`] as const,
  ),
);
const url = `http://127.0.0.1:${String(await listening(site))}`;
process.send?.({ url, origins });
process.once('disconnect', () => process.exit());
