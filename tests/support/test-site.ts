import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../fixtures/lab/listen.ts';

const PAGE = `<!doctype html><title>Test site</title><link rel="icon" href="data:,">
<button id="nothing">Nothing</button><button id="ask">Ask</button><button id="show">Show</button><button id="later">Show later</button>
<a id="leave" href="/?again">Leave</a><a id="open" href="/answer" target="_blank">Open</a>
<label>Query <input id="query"></label><div id="result"></div>
<script>
  document.querySelector('#nothing').onclick = () => { document.title = 'clicked'; };
  document.querySelector('#ask').onclick = () => { alert('Are you there?'); };
  const show = (address) => async () => {
    await fetch(address);
    const line = document.createElement('h1');
    line.textContent = 'The result is there, and large enough to be seen';
    document.querySelector('#result').replaceChildren(line);
  };
  document.querySelector('#show').onclick = show('/answer');
  document.querySelector('#later').onclick = show('/late-answer');
</script>`;

/** Far more than two frames: how long a click on “Show later” waits for its answer. */
export const LATE_MS = 400;

const LOGIN = `<!doctype html><title>Log in</title><button id="log-in">Log in</button>
<script>
  document.querySelector('#log-in').onclick = () => {
    document.cookie = 'session=1';
    document.body.append(Object.assign(document.createElement('p'), { id: 'welcome', textContent: 'Welcome' }));
  };
</script>`;

/** A page with buttons and links that goes when the test ends. Its address, without a path. */
export async function testSite(): Promise<string> {
  const { url, close } = await serveTestSite();
  onTestFinished(close);
  return url;
}

export interface ServedSite {
  readonly url: string;
  readonly close: () => void;
}

export async function serveTestSite(): Promise<ServedSite> {
  const server = createServer((request, response) => {
    const url = request.url?.replace(/\?.*/, '');
    const isKnown = (request.headers.cookie ?? '').includes('session=1');
    const body = {
      '/': PAGE,
      '/answer': 'An answer',
      '/late-answer': 'The answer',
      '/login': LOGIN,
      ...(isKnown ? { '/private': PAGE } : {}),
    }[url ?? ''];
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    setTimeout(() => response.end(body ?? 'There is nothing here'), url === '/late-answer' ? LATE_MS : 0);
  });
  const url = await listen(server, 0);
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
