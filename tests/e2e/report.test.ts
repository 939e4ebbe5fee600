import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitTracks } from '../../cli/output/fit-tracks.ts';
import { type PackedTracks, type ReportDocument, reportHtml } from '../../cli/output/report-html.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import type { Session } from '../../src/result/session.ts';
import { regressedDocument } from '../support/compared.ts';
import { launchChrome } from '../support/launch-chrome.ts';
import { finding } from '../support/sample-findings.ts';
import { columns, label, pageTracks } from '../support/span-columns.ts';
import { sampleSession } from '../support/sample-session.ts';

const HOSTILE = '</script><img src=x onerror="document.title=1">';

let folder = '';
let template = '';
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inpact-report-'));
  const outDir = join(folder, 'viewer');
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir } });
  template = await readFile(join(outDir, 'report.html'), 'utf8');
  browser = await launchChrome();
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What a clean page leaves empty: console messages, exceptions, policy violations, requests beyond the file. */
  readonly noise: readonly string[];
}

async function open(content: ReportDocument, tracks: readonly PackedTracks[] = []): Promise<Opened> {
  const file = join(folder, 'report.html');
  await writeFile(file, await reportHtml(template, content, tracks));
  const url = pathToFileURL(file).href;
  const page = await browser.newPage();
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) noise.push(request.url());
  });
  page.on('dialog', (dialog) => noise.push(dialog.message()));
  await page.goto(url);
  await wholeReport(page);
  return { page, noise };
}

/** A report unpacks itself after it is loaded, and shows a section in each turn. */
const wholeReport = (page: Page): Promise<unknown> => page.waitForSelector('#recording');

/** `variant/step/metric` and the number that the page's cell carries. */
const cellsOf = (page: Page): Promise<readonly string[]> =>
  page.$$eval('[data-metric]', (cells) =>
    cells.map((cell) =>
      ['variant', 'step', 'metric', 'value'].map((name) => cell.getAttribute(`data-${name}`)).join(' '),
    ),
  );

const cellsIn = ({ summary }: Session): readonly string[] =>
  summary.flatMap(({ variant, step, metrics }) =>
    Object.entries(metrics).map(([metric, value]) =>
      [variant, step, metric, isUnavailable(value) ? 'unavailable' : value.median].join(' '),
    ),
  );

test('the report shows the session’s figures, by itself and in silence', async () => {
  const session = sampleSession();
  const { page, noise } = await open(session);
  expect((await cellsOf(page)).toSorted()).toEqual(cellsIn(session).toSorted());
  expect(await page.$eval('h1', (heading) => heading.textContent)).toBe(session.answer.question);
  expect(await page.title()).toBe('Lab: a report page · INPact');
  // Elsewhere a line may end.
  expect(await page.$eval('.answer-sentence', (sentence) => sentence.textContent)).not.toMatch(/\d ms/);
  expect(noise).toEqual([]);
});

test('a phone’s first screen has what was slow, whose fault it was, and what to do, with a link to the rest', async () => {
  const session = sampleSession();
  const step = session.scenario.steps[0]?.name ?? '';
  const explainsMs = { median: 932, min: 900, max: 960, runs: 3, values: [900, 932, 960] };
  const next = {
    id: 'forced-reflow' as const,
    docs: 'docs/insights/forced-reflow.md',
    sentence:
      'A script forced style and layout, evenHeights (shop.test/results.js:27): 932 ms of “Click on ‘Compact view’” (in 6 of 6 loads). Read all sizes first and write afterwards: each reading after a writing makes the browser lay the page out at once.',
  };
  const sentences = [
    'Click on “Compact view”: INP is 1,102 ms, “poor”, and the result is painted after 1,100 ms: the main thread was busy, its longest task took 1,034 ms.',
    "Press Enter: INP is 5 ms, “good”, but the result is painted after 211 ms, though the server's event loop was free.",
  ];
  const question = "Which event loop are your users waiting for: the browser's main thread, or the server's?";
  const { page } = await open({
    ...session,
    findings: [
      {
        id: next.id,
        step,
        variant: 'sync-backed',
        runs: 6,
        ofRuns: 6,
        recurs: true,
        explainsMs,
        example: finding({ id: next.id }),
        exampleLoad: session.loads[0]?.id ?? '',
      },
    ],
    answer: { question, sentences, next: [next] },
  });
  await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
  // A phone's viewport has the page loaded anew.
  await wholeReport(page);
  const ends = await page.$eval('.answer-next', (told) => told.getBoundingClientRect().bottom);
  expect(ends).toBeLessThan(844);
  await page.tap('.answer-next a');
  await page.waitForFunction(
    () => (document.querySelector('#findings')?.getBoundingClientRect().top ?? 999) < 844,
  );
});

test('every step’s timelines can be opened, zoomed and reset by keyboard', async () => {
  const { page, noise } = await open(sampleSession());
  const ticks = (): Promise<string> => page.$eval('.plot .axis', (axis) => axis.textContent);
  // It opens on the step that the answer speaks of.
  await page.focus('[role=tab][aria-selected=true]');
  await page.keyboard.press('Home');
  for (const { name } of sampleSession().scenario.steps) {
    expect(await page.$eval('[aria-selected=true]', (tab) => tab.textContent)).toBe(name);
    expect(await page.$$eval('.plot canvas', (plots) => plots.length)).toBe(2);
    await page.keyboard.press('ArrowRight');
  }
  await frame(page);
  const before = await ticks();
  await page.focus('.plot');
  for (const key of ['w', 'w', 'w', 'w', 'd'] as const) await page.keyboard.press(key);
  await frame(page);
  expect(await ticks()).not.toBe(before);
  await page.keyboard.press('0');
  await frame(page);
  expect(await ticks()).toBe(before);
  // The run and the place are as they were when one comes back from another step.
  const [other = ''] = await page.$$eval('.timeline select', ([picker]) =>
    [...(picker?.options ?? [])].filter(({ selected }) => !selected).map(({ value }) => value),
  );
  await page.select('.timeline select', other);
  await page.focus('.plot');
  for (const key of ['w', 'w', 'w', 'w', 'd'] as const) await page.keyboard.press(key);
  await frame(page);
  const zoomed = await ticks();
  await page.focus('[role=tab][aria-selected=true]');
  for (const key of ['ArrowRight', 'ArrowLeft'] as const) await page.keyboard.press(key);
  await frame(page);
  expect(await page.$eval('.timeline select', (picker) => picker.value)).toBe(other);
  expect(await ticks()).toBe(zoomed);
  expect(noise).toEqual([]);
});

test('a timeline that cannot be unpacked says so, and the others can be looked at', async () => {
  const session = sampleSession();
  const [damaged = '', whole = ''] = session.loads.map(({ id }) => id);
  const tracks = pageTracks(columns([0, 900]), [label('task', 'task')]);
  const fitted = await fitTracks([{ id: whole, tracks }], 1e6);
  const { page, noise } = await open(session, [{ id: damaged, base64: 'H4sI' }, ...fitted.tracks]);
  await page.waitForSelector('.whole-timeline:not([aria-busy]) [role=alert]');
  expect(await page.$eval('.whole-timeline', (panel) => panel.textContent)).toMatch(
    /^The timeline cannot be shown: it is damaged, .* \(.+\)$/,
  );
  // Our fault or the file's: whoever looks for it finds its stack.
  expect(noise).toHaveLength(1);
  // A load has one name, wherever it is told.
  const [first, second] = session.variants.map(({ name }) => name);
  const texts = (selector: string): Promise<readonly string[]> =>
    page.$$eval(selector, (found) => found.map(({ textContent }) => textContent));
  expect(await texts('.load-picker option')).toEqual([`${first}, warm-up`, `${second}, warm-up`]);
  expect((await texts('.timeline select'))[0]).toMatch(/^Warm-up: .*Run 1: .*Run 6: /);
  expect((await texts('.run-rows th[scope=row]')).slice(0, 2)).toEqual([
    `${first} warm-up (not counted)`,
    `${first} 1`,
  ]);
  expect((await texts('.loads td:nth-child(3)')).slice(0, 3)).toEqual(['warm-up', 'warm-up', '1']);
  await page.select('.load-picker select', whole);
  await page.waitForSelector('.whole-timeline .timeline-plot');
  expect(noise).toHaveLength(1);
});

test('at 400 pixels the page does not scroll sideways', async () => {
  const { page } = await open(sampleSession());
  await page.setViewport({ width: 400, height: 800 });
  await frame(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
});

test('hostile strings from a trace stay text wherever they are shown', async () => {
  const text = JSON.stringify(sampleSession(), (key, value: unknown) =>
    typeof value === 'string' &&
    /^(?:text|sentence|description|url|name|step|variant|type|message|chrome)$/.test(key)
      ? `${value}${HOSTILE}`
      : value,
  );
  const session: Session = JSON.parse(text);
  const { page, noise } = await open(session);
  expect(await page.$('img')).toBeNull();
  expect(await page.$eval('body', (body) => body.textContent)).toContain(HOSTILE);
  expect(await page.title()).toBe(`Lab: a report page${HOSTILE} · INPact`);
  expect(noise).toEqual([]);
});

describe('the report of a comparison', () => {
  test('says the verdict first, shows every pair, and names what changed', async () => {
    const { page, noise } = await open(regressedDocument());
    const texts = (selector: string): Promise<readonly string[]> =>
      page.$$eval(selector, (found) => found.map(({ textContent }) => textContent));
    expect(await texts('h1')).toEqual(['Regressed: changed against base']);
    expect((await texts('.answer-sentence'))[0]).toMatch(/^click: INP is .* higher .*: it regressed\.$/);
    expect(await page.$eval('[data-compared=inpMs]', (card) => card.getAttribute('data-finding'))).toBe(
      'regressed',
    );
    expect(await texts('[data-compared=inpMs] .verdict')).toEqual(['Regressed']);
    expect((await texts('[data-compared=inpMs] circle')).length).toBe(12);
    // The table beside the chart says the same.
    expect((await texts('[data-compared=inpMs] tbody tr')).length).toBe(12);
    expect(await texts('[data-change] th')).toEqual([
      'renderRowsFunction, newhttp://page.test/list.js:7',
      'measureForced reflow, in bothhttp://page.test/list.js:7',
    ]);
    await page.setViewport({ width: 400, height: 800 });
    await frame(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    expect(noise).toEqual([]);
    await page.close();
  });

  test('shows hostile names as text', async () => {
    const text = JSON.stringify(regressedDocument(), (key, value: unknown) =>
      typeof value === 'string' && /^(?:name|description|step|subject|sentence|advice|url)$/.test(key)
        ? `${value}${HOSTILE}`
        : value,
    );
    const { page, noise } = await open(JSON.parse(text));
    expect(await page.$('img')).toBeNull();
    expect(await page.$eval('#changes', (part) => part.textContent)).toContain(`renderRows${HOSTILE}`);
    expect(noise).toEqual([]);
    await page.close();
  });
});

test('the policy stops what the page did not bring along', async () => {
  const { page, noise } = await open(sampleSession());
  await page.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'http://127.0.0.1:9/leak';
    document.body.append(image);
  });
  await expect.poll(() => noise.join()).toContain('Content Security Policy');
});

test('a session in which every load failed says so and shows no figure', async () => {
  const session = sampleSession();
  const loads = session.loads.map((load) => ({
    ...load,
    status: 'failed' as const,
    problems: [{ code: 'browser-failed' as const, message: 'Chrome did not start.' }],
    traceFile: null,
    trace: null,
    steps: [],
  }));
  const { page, noise } = await open({ ...session, loads, summary: [], claims: [] });
  expect(await page.$eval('.integrity', (note) => note.textContent)).toContain(
    '14 of 14 loads are not valid',
  );
  expect(new Set((await cellsOf(page)).map((cell) => cell.split(' ').at(-1)))).toEqual(
    new Set(['unavailable']),
  );
  expect(await page.$eval('#recording', (part) => part.textContent)).toContain('Chrome did not start.');
  expect(noise).toEqual([]);
});

test('a template without session says what it is', async () => {
  const file = join(folder, 'empty.html');
  await writeFile(file, template);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('[role=alert]');
  expect(await page.$eval('[role=alert]', (alert) => alert.textContent)).toContain('empty template');
});

/** Charts draw at the next frame. */
const frame = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
