import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

const PAGE = `<!doctype html><title>Test site</title><link rel="icon" href="data:,">
<button id="nothing">Nothing</button><button id="ask">Ask</button><button id="show">Show</button>
<a id="leave" href="/?again">Leave</a><a id="open" href="/answer" target="_blank">Open</a>
<div id="result"></div>
<script>
  document.querySelector('#nothing').onclick = () => { document.title = 'clicked'; };
  document.querySelector('#ask').onclick = () => { alert('Are you there?'); };
  document.querySelector('#show').onclick = async () => {
    await fetch('/answer');
    const line = document.createElement('h1');
    line.textContent = 'The result is there, and large enough to be seen';
    document.querySelector('#result').replaceChildren(line);
  };
</script>`;

/** A page with buttons and links that goes when the test ends. Its address, without a path. */
export async function testSite(): Promise<string> {
  const server = createServer((request, response) => {
    const url = request.url?.replace(/\?.*/, '');
    response.statusCode = url === '/' || url === '/answer' ? 200 : 404;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(url === '/' ? PAGE : 'An answer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The site listens on no port.');
  return `http://127.0.0.1:${String(address.port)}`;
}
