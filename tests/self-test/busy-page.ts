import { createServer } from 'node:http';
import { listen } from '../../fixtures/lab/listen.ts';

/** A page whose only button keeps the main thread busy for so long, and then shows something. */
const busyPage = (milliseconds: number): string => `<!doctype html>
<title>Busy</title>
<button id="go" style="padding: 40px">Go</button>
<output></output>
<script>
  document.querySelector('#go').addEventListener('click', () => {
    const until = performance.now() + ${String(milliseconds)};
    while (performance.now() < until);
    document.querySelector('output').append('done ');
  });
</script>`;

export interface BusySite {
  /** The address of the page that is busy for so long. */
  page(milliseconds: number): string;
  close(): void;
}

export async function startBusySite(): Promise<BusySite> {
  const server = createServer((request, response) => {
    const busy = new URL(request.url ?? '/', 'http://busy').searchParams.get('busy');
    response.setHeader('Content-Type', 'text/html').end(busyPage(Number(busy)));
  });
  const url = await listen(server, 0);
  return {
    page: (milliseconds) => `${url}/?busy=${String(milliseconds)}`,
    close: () => server.close(),
  };
}
