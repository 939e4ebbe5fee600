import { readFile } from 'node:fs/promises';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { serving } from './serving.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A page with one button, whose handler and whose first script are as given. */
const page =
  (onClick: string, first = ''): Answer =>
  (response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Fault</title><link rel="icon" href="data:,">
<button id="go">Go</button><p id="out"></p><script>${first}</script>
<script>document.querySelector('#go').onclick = () => { ${onClick} };</script>`);
  };

const redirect =
  (to: string): Answer =>
  (response) => {
    response.writeHead(302, { Location: to }).end();
  };

/** Holds the main thread for 120 ms by a clock that the page has not touched. */
const BUSY = 'const until = clock() + 120; while (clock() < until);';
const lying = (lie: string): Answer => page(BUSY, `const clock = Date.now; ${lie}`);

/** Every way in which a page, or what stands for one, goes wrong; by its path. */
export const FAULT_PAGES: Readonly<Record<string, Answer>> = {
  good: page(`document.querySelector('#out').textContent = 'done';`),
  'endless-loop': page('for (;;);'),
  alert: page(`alert('Are you there?');`),
  confirm: page(`confirm('Are you there?');`),
  prompt: page(`prompt('Who are you?');`),
  beforeunload: page('', `addEventListener('beforeunload', (event) => event.preventDefault());`),
  print: page('print();'),
  popup: page(`window.open('/good');`),
  'tries-to-close-itself': page('window.close();', 'window.opener = null;'),
  'goes-elsewhere': page(`location.href = '/good';`),
  'download-on-click': page(`location.href = '/download';`),
  permissions: page(
    `navigator.geolocation.getCurrentPosition(() => {}, () => {}); Notification.requestPermission();
     navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => {});`,
  ),
  'many-elements': page(
    `const many = document.createElement('div'); many.innerHTML = '<i>x</i>'.repeat(50_000); document.body.append(many);`,
  ),
  'no-button': (response) => response.setHeader('Content-Type', 'text/html').end('<p>Nothing here'),
  covered: page('', `document.write('<div style="position:fixed;inset:0;z-index:9"></div>');`),
  moving: page(
    '',
    `let at = 0; setInterval(() => { document.querySelector('#go').style.marginLeft = (at = (at + 9) % 500) + 'px'; }, 5);`,
  ),
  invisible: page('', `document.write('<style>#go { display: none }</style>');`),
  'without-animation-frames': page(
    '',
    'window.requestAnimationFrame = undefined; delete window.requestAnimationFrame;',
  ),
  'status-404': (response) => response.writeHead(404).end('gone'),
  'status-500': (response) => response.writeHead(500).end('broken'),
  'status-204': (response) => response.writeHead(204).end(),
  download: (response) =>
    response
      .writeHead(200, { 'Content-Disposition': 'attachment', 'Content-Type': 'application/octet-stream' })
      .end('x'),
  'redirect-loop': redirect('/redirect-loop'),
  'slow-body': (response) => {
    response.setHeader('Content-Type', 'text/html');
    response.write('<!doctype html><p>It never ends');
  },
  'no-answer': () => undefined,
  reset: (_, request) => request.socket.destroy(),
  'other-origin': (response, request) =>
    response.writeHead(302, { Location: `http://localhost:${String(request.socket.localPort)}/good` }).end(),
  'lies-about-time': lying('performance.now = () => 0; Date.now = () => 0; performance.mark = () => {};'),
  'lies-about-promises': lying('window.Promise = class { then() {} }; window.setTimeout = () => 0;'),
  'lies-about-json': lying(
    `JSON.stringify = () => '{}'; JSON.parse = () => ({}); Array.prototype.toJSON = () => []; Object.prototype.toJSON = () => 1;`,
  ),
  'lies-about-events': lying(
    `window.PerformanceObserver = undefined; performance.getEntries = () => []; performance.mark('EventTiming'); performance.measure('inpact:step:0:begin');`,
  ),
  'lies-about-elements': lying(
    `Element.prototype.contains = () => false; Element.prototype.closest = () => null; document.elementFromPoint = () => null;`,
  ),
};

/** A server of these pages that goes when the test ends. Its origin. */
export const faultSite = (): Promise<string> =>
  serving(
    createPlainServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://site.test').pathname.slice(1);
      const answer = FAULT_PAGES[path];
      if (answer === undefined) response.writeHead(404).end();
      else answer(response, request);
    }),
  );

/** A good page behind a certificate that nobody but itself has signed. */
export async function untrustedSite(): Promise<string> {
  const pem = await readFile(new URL('self-signed.pem', import.meta.url));
  const server = createSecureServer({ key: pem, cert: pem }, (request, response) => {
    FAULT_PAGES['good']?.(response, request);
  });
  return `${(await serving(server)).replace('http:', 'https:')}/`;
}
