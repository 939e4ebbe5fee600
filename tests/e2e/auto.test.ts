import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serving } from '../support/serving.ts';
import { sessionIn } from '../support/session-files.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAGE = (elsewhere: string): string => `<!doctype html><title>Shop</title><link rel="icon" href="data:,">
<button onclick="document.querySelector('p').textContent = 'More and more'">Show more</button>
<button onclick="this.remove()">Hide</button>
<button onclick="fetch('/destroyed')"><span>Delete</span> account</button>
<button id="removeAll" onclick="fetch('/destroyed')">✕</button>
<a href="/destroyed?log-out">Goodbye</a>
<form action="/destroyed" method="post"><input aria-label="Card" autocomplete="cc-number"><button>Go on</button></form>
<a href="${elsewhere}/left">Elsewhere</a>
<button onclick="location.href = '${elsewhere}/left'">Secretly elsewhere</button>
<a href="/next">Next</a>
<a href="/file" download>File</a>
<input aria-label="Search">
<button hidden>Hidden</button> <button disabled>Disabled</button>
<div style="position: relative; width: 90px; height: 30px"><button style="position: absolute; inset: 0">Below</button>
  <div style="position: absolute; inset: 0; background: white"></div></div>
<p>Less</p>`;

/** Its address, and the paths that it was asked for. */
async function serve(html: string): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
  });
  return { url: await serving(server), asked };
}

test('what a page has to press is tried, what destroys or leads elsewhere is not', async () => {
  const elsewhere = await serve('Elsewhere');
  const shop = await serve(PAGE(elsewhere.url));
  const folder = join(await temporaryFolder(), 'results');
  const { code, stderr } = await inpact([
    'record',
    shop.url,
    '--auto',
    '-n',
    '1',
    '--warm-ups',
    '0',
    '-o',
    folder,
  ]);
  expect(code).toBe(0);
  const session = await sessionIn(folder);
  expect(session.scenario.steps.map(({ name }) => name)).toEqual([
    'Click on “Show more”',
    'Click on “Hide”',
    'Click on “Secretly elsewhere”',
    'Click on “Next”',
    'Type into “Search”',
    'Type into “Card”',
  ]);
  const [load] = session.loads;
  expect(load?.status).toBe('valid');
  // Whatever stays on the page is timed; each step found the page as it was loaded.
  for (const step of ['Click on “Show more”', 'Click on “Hide”', 'Type into “Search”']) {
    expect(load?.steps.find((result) => result.step === step)?.interaction).toHaveProperty('durationMs');
  }
  for (const [name, why] of [
    ['Delete account', 'looks destructive'],
    ['✕', 'looks destructive'],
    ['Goodbye', 'looks destructive'],
    ['Go on', 'asks for a password or a card'],
    ['Elsewhere', 'leads to another origin'],
    ['File', 'is a download'],
    ['Below', 'element-covered'],
  ]) {
    expect(stderr).toContain(`“${String(name)}” (${String(why)})`);
  }
  expect(shop.asked.filter((path) => path.startsWith('/destroyed'))).toEqual([]);
  expect(elsewhere.asked).toEqual([]);
});
