import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { SECRETS } from '../support/secrets.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Where a page, its server and its user can put a secret: source text that runs in the page, with `secret` and its origin `at` in hand. */
const PLACES: Readonly<Record<string, string>> = {
  'query of a request': 'await fetch(`${at}/api?q=${encodeURIComponent(secret)}`)',
  'path of a request': 'await fetch(`${at}/api/${encodeURIComponent(secret)}`)',
  'fragment of the page': 'location.hash = encodeURIComponent(secret)',
  'address in the history': 'history.replaceState(null, "", `${at}/?state=${encodeURIComponent(secret)}`)',
  'request header': 'await fetch(`${at}/api`, { headers: { Authorization: secret, "X-Key": secret } })',
  'request body': 'await fetch(`${at}/api`, { method: "POST", body: secret })',
  'response headers and cookie': 'await fetch(`${at}/echo?s=${encodeURIComponent(secret)}`)',
  redirect: 'await fetch(`${at}/redirect?s=${encodeURIComponent(secret)}`)',
  'name of a mark': 'performance.mark(secret)',
  'detail of a mark': 'performance.mark("m", { detail: { user: secret } })',
  'name of a measure': 'performance.measure(`from ${secret}`)',
  'time stamp of the console': 'console.timeStamp(secret)',
  'timer of the console': 'console.time(secret); console.timeEnd(secret)',
  'address of an image': 'new Image().src = `${at}/pixel?id=${encodeURIComponent(secret)}`',
  'address of a script':
    'document.head.append(Object.assign(document.createElement("script"), { src: `${at}/s.js?key=${encodeURIComponent(secret)}` }))',
  'address of a frame':
    'document.body.append(Object.assign(document.createElement("iframe"), { src: `${at}/frame?key=${encodeURIComponent(secret)}` }))',
  'address of a web socket':
    'new WebSocket(`ws://${location.host}/ws?key=${encodeURIComponent(secret)}`).onerror = () => {}',
  'id of an element':
    'document.body.append(Object.assign(document.createElement("p"), { id: secret, className: secret, textContent: "x" })); document.body.offsetTop',
  'name of a function':
    '({ async [secret]() { const end = performance.now() + 2; while (performance.now() < end); await fetch(`${at}/api`) } })[secret]()',
  'storage, title and cookie':
    'localStorage.setItem("k", secret); sessionStorage.setItem("k", secret); document.title = secret; document.cookie = `k=${encodeURIComponent(secret)}`',
};

const PAGE = `<!doctype html><title>Secrets</title><link rel="icon" href="data:,">
<button id="plant">Plant</button><input id="typed"><p id="state">waiting</p>
<script type="module">
  // Chrome refuses requests to addresses that are relative to one with a user's name.
  const at = location.origin;
  const { secrets } = await (await fetch(at + '/secrets')).json();
  document.querySelector('#plant').onclick = async () => {
    for (const secret of secrets) {
      ${Object.values(PLACES)
        .map((source) => `await (async () => { ${source} })().catch(() => {});`)
        .join('\n      ')}
    }
    document.querySelector('#state').id = 'planted';
  };
</script>`;

async function site(): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site.test');
    const secret = url.searchParams.get('s') ?? '';
    response.setHeader('Content-Type', 'text/html');
    if (url.pathname === '/secrets')
      response.end(JSON.stringify({ secrets: SECRETS.map((planted) => planted.secret) }));
    else if (url.pathname === '/echo') {
      response.setHeader('Set-Cookie', `s=${encodeURIComponent(secret)}`);
      response.setHeader('X-Secret', secret);
      response.setHeader('Server-Timing', `db;dur=5;desc="${secret}"`);
      response.end(secret);
    } else if (url.pathname === '/redirect') {
      response.writeHead(302, { Location: `/api?to=${encodeURIComponent(secret)}` }).end();
    } else response.end(url.pathname === '/' ? PAGE : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${String(address.port)}` : '';
}

/** The part of a secret that is worth something, in the forms in which it could have been written. */
function formsOf(secret: string): readonly string[] {
  const core = secret.match(/[\w-]{12,}/g)?.toSorted((a, b) => b.length - a.length)[0] ?? secret;
  return [core, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=*$/, '')];
}

/** Everything that is in a file, unpacked: also what a report holds packed inside. */
async function contentOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  const packed = text.match(/H4sI[\w+/=]{100,}/g) ?? [];
  return [text, ...packed.map((part) => gunzipSync(Buffer.from(part, 'base64')).toString('latin1'))].join(
    '\n',
  );
}

/** What is left of the planted secrets in anything that a recording writes, and the trace itself. */
async function record(
  redact: 'default' | 'off',
): Promise<{ readonly found: readonly string[]; readonly trace: string }> {
  const home = await temporaryFolder();
  const folder = join(home, 'results');
  const scenario = join(home, 'scenario.mjs');
  const typed = SECRETS.map(({ secret }) => secret.slice(0, 40)).join(' ');
  await writeFile(
    scenario,
    `export default { name: 'secrets', steps: [
      { name: 'plant', expects: 'interaction', async run({ page, user }) {
        await user.click('#plant');
        await page.waitForSelector('#planted');
      } },
      { name: 'type', expects: 'interaction', async run({ page, user }) {
        await user.focus('#typed');
        await page.keyboard.sendCharacter(${JSON.stringify(typed)});
        await user.press('a');
      } },
    ] };`,
  );
  const [first, second, third] = SECRETS.map(({ secret }) => encodeURIComponent(secret));
  const url = `http://me:${first ?? ''}@${await site()}/?token=${second ?? ''}#${third ?? ''}`;
  const { stdout, stderr, code } = await inpact([
    'record',
    url,
    '--scenario',
    scenario,
    '-n',
    '1',
    '--warm-ups',
    '0',
    '-o',
    folder,
    '--categories',
    'full',
    '--step-timeout-ms',
    '90000',
    '--redact',
    redact,
  ]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('valid')]);

  const files = await readdir(folder);
  expect(files.length).toBe(3);
  const contents = await Promise.all(files.map((name) => contentOf(join(folder, name))));
  const written = [
    ...files.map((name, index) => [name, contents[index] ?? ''] as const),
    ['output', stdout + stderr] as const,
  ];
  const found = SECRETS.flatMap(({ kind, secret }) =>
    written.flatMap(([where, text]) =>
      formsOf(secret)
        .filter((form) => text.includes(form))
        .map(
          (form) =>
            `${kind} in ${where}: …${text.slice(Math.max(0, text.indexOf(form) - 120), text.indexOf(form) + 20)}…`,
        ),
    ),
  );
  return { found, trace: contents[files.findIndex((name) => name.startsWith('Trace-'))] ?? '' };
}

test(`${String(SECRETS.length)} kinds of secrets in ${String(Object.keys(PLACES).length + 3)} places leave no trace`, async () => {
  const { found, trace } = await record('default');
  expect(found).toEqual([]);
  // The places were there: what they are called is known, and only what they held is gone.
  for (const place of ['/echo?s=[', '/s.js?key=[', '/ws?key=[', 'X-Secret', 'db;dur=5'])
    expect(trace).toContain(place);
});

test('unless nothing is to be left out: then every one of them is found', async () => {
  const { found } = await record('off');
  const kinds = new Set(found.map((line) => line.split(' in ')[0]));
  expect(kinds.size).toBe(SECRETS.length);
});
