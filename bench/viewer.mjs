// `npm run bench -- --viewer`: the report in real Chrome, headless, drawn by software.
//
//   --session  the folder of a recorded session, for the size of its report
//   --spans    one more number of spans to draw (may be given several times; 1000000 is measured anyway)
//   --rounds   how often a page is opened (default 3)

import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from 'puppeteer-core';
import { fitTracks } from '../dist/cli/output/fit-tracks.js';
import { reportHtml } from '../dist/cli/output/report-html.js';
import { readTemplate } from '../dist/cli/output/report-template.js';
import { saveSessionReport, saveTraceReport } from '../dist/cli/save-report.js';
import { openSession } from '../dist/cli/session-folder.js';
import { CATEGORIES } from '../dist/src/capture/load/categories.js';
import { findChrome } from '../dist/src/capture/browser/find-chrome.js';
import { analyze, analyzeForDrawing } from '../dist/src/index.js';
import { readTrace } from '../dist/src/node/read-trace.js';
import { median } from './measure.mjs';
import { targetTable } from './targets.mjs';
import { gzipped, hasPublicTrace, publicTrace, tiled } from './traces.mjs';
import { manySpans } from './many-spans.mjs';

const { values } = parseArgs({
  options: {
    viewer: { type: 'boolean' },
    session: { type: 'string' },
    spans: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
  },
});
const ROUNDS = Number(values.rounds);
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
const log = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
const FRAME_MS = 16.7;

const folder = await mkdtemp(join(tmpdir(), 'inpact-bench-viewer-'));
const { path: chrome } = await findChrome({ env: process.env });
const browser = await launch({
  executablePath: chrome,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
/** @type {import('./targets.mjs').Target[]} */
const targets = [];
try {
  say(
    `${await browser.version()}, headless, software rendering; Node ${process.versions.node}; ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown processor'}; load ${loadavg()[0]?.toFixed(1) ?? '?'}; ${new Date().toISOString().slice(0, 10)}; medians of ${String(ROUNDS)} openings`,
  );
  for (const count of [100_000, 1_000_000, ...values.spans.map(Number)])
    targets.push(...(await frameTimes(count)));
  targets.push(...(await largeReport()), ...(await sessionSize()), ...(await ownInp()), await dropped());
  say(`\n${targetTable(targets)}`);
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

/** Zooming and panning with all spans in view: the time from frame to frame. */
async function frameTimes(/** @type {number} */ count) {
  log(`${String(count)} spans`);
  const file = join(folder, `spans-${String(count)}.html`);
  const { trace, tracks } = manySpans(count, (await emptyTrace()).trace);
  const fitted = await fitTracks([{ id: trace.file, tracks }], Number.MAX_SAFE_INTEGER);
  await writeFile(
    file,
    await reportHtml(
      await readTemplate(),
      { schemaVersion: 1, kind: 'trace', inpactVersion: 'bench', trace },
      fitted.tracks,
    ),
  );
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('.details-body > *', { timeout: 120_000 });
  await page.$eval('.timeline-plot', (plot) => plot.scrollIntoView({ behavior: 'instant' }));
  const frames = await page.evaluate(framesWhileMoving, 180);
  await page.close();
  const sorted = frames.toSorted((a, b) => a - b);
  const name = `${count / 1000} k spans in view, pan and zoom`;
  return [
    { what: `${name}: frame, median`, value: median(frames), least: FRAME_MS, aim: FRAME_MS },
    { what: `${name}: frame, p95`, value: sorted[Math.floor(sorted.length * 0.95)], least: 33, aim: 33 },
  ].map(ms);
}

/** In the page: one move for each frame, and how long each took to the next. All spans stay in view, or three quarters. */
function framesWhileMoving(/** @type {number} */ count) {
  const plot = document.querySelector('.timeline-plot');
  const keys = ['w', 'a', 'd', 's'];
  return new Promise((resolve) => {
    const times = [];
    let before = 0;
    const frame = (now) => {
      if (before !== 0) times.push(now - before);
      before = now;
      if (times.length === count) return resolve(times);
      plot.dispatchEvent(
        new KeyboardEvent('keydown', { key: keys[times.length % keys.length], bubbles: true }),
      );
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

async function emptyTrace() {
  const bytes = [new TextEncoder().encode('[]')];
  return analyzeForDrawing({ file: 'spans.json', bytes });
}

/** A trace of about 90 MB: how large its report is, and how long it takes until all of the screen is drawn. */
async function largeReport() {
  const file = hasPublicTrace ? await publicTrace() : await tiled(90);
  const name = hasPublicTrace ? 'busy public site, 84 MB' : 'lab tiled to 90 MB';
  log(name);
  const report = join(folder, 'large.html');
  const { bytes } = await saveTraceReport(report, { file }, Number.MAX_SAFE_INTEGER);
  const { tracks } = await analyzeForDrawing({ file, bytes: readTrace(file) });
  const spans = tracks.threads.reduce((sum, thread) => sum + thread.spans.startMs.length, 0);
  const [packed] = (await fitTracks([{ id: file, tracks }], Number.MAX_SAFE_INTEGER)).tracks;
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timeToDrawing(report));
  return [
    {
      what: `${name}, ${(spans / 1000).toFixed(0)} k spans: report`,
      value: bytes / 1000,
      least: 1200,
      aim: 700,
      unit: 'kB',
    },
    {
      what: 'its bytes in the page for 100 k spans',
      // In thousands of bytes, as all sizes.
      value: (packed.base64.length / 1000) * (100_000 / spans),
      least: 350,
      aim: 200,
      unit: 'kB',
    },
    {
      what: 'its time from opening to the first complete drawing',
      value: median(times),
      least: 1000,
      aim: 400,
      unit: 'ms',
    },
  ].map((target) => ({ ...target, lowerIsBetter: true }));
}

async function timeToDrawing(/** @type {string} */ report) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.evaluateOnNewDocument(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelector('.details-body > *') === null) return;
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('drawn')));
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(pathToFileURL(report).href);
  await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0);
  const drawnAt = await page.evaluate(() => performance.getEntriesByName('drawn')[0].startTime);
  await page.close();
  return drawnAt;
}

async function sessionSize() {
  if (values.session === undefined) return [];
  const report = join(folder, 'session.html');
  await saveSessionReport(report, await openSession(values.session), Number.MAX_SAFE_INTEGER);
  const { size } = await stat(report);
  return [
    {
      what: 'report of a `demo` session',
      value: size / 1000,
      least: 1500,
      aim: 600,
      unit: 'kB',
      lowerIsBetter: true,
    },
  ];
}

/** Records the report of the large trace as INPact records a page, and lets INPact say what its INP is. */
async function ownInp() {
  log('the report’s own INP');
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(pathToFileURL(join(folder, 'large.html')).href);
  await page.waitForSelector('.details-body > *');
  const trace = join(folder, 'own.json');
  await page.tracing.start({ path: trace, categories: [...CATEGORIES.light] });
  await page.click('input[type=search]');
  await page.keyboard.type('layout', { delay: 200 });
  await settle();
  await page.keyboard.press('Enter');
  await page.focus('.timeline-plot');
  for (const key of ['w', 'w', 'd', 's', 's', '0']) {
    await page.keyboard.press(key);
    await settle();
  }
  await page.$eval('[data-track="thread-0"]', (track) =>
    track.scrollIntoView({ block: 'center', behavior: 'instant' }),
  );
  const box = await (await page.$('[data-track="thread-0"]')).boundingBox();
  for (const share of [0.45, 0.5, 0.55]) {
    await page.mouse.click(box.x + box.width * share, box.y + 40);
    await settle();
  }
  await page.tracing.stop();
  await page.close();
  const { interactions, inp } = await analyze({ file: trace, bytes: readTrace(trace) });
  log(`${String(interactions.length)} interactions with the report`);
  return [
    {
      what: `the report’s own INP: search, zoom, select (${String(interactions.length)} interactions)`,
      value: 'durationMs' in inp ? inp.durationMs : Number.NaN,
      least: 100,
      aim: 50,
    },
  ].map(ms);
}

/** The longest time for which the static page's main thread was blocked while it opened a large trace. */
async function dropped() {
  log('a large trace on the static page');
  const file = await gzipped(hasPublicTrace ? await publicTrace() : await tiled(90));
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.evaluateOnNewDocument(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(pathToFileURL(fileURLToPath(new URL('../dist/viewer/index.html', import.meta.url))).href);
  const input = await page.waitForSelector('input');
  await page.evaluate(() => (window.longest = 0));
  await input.uploadFile(file);
  await page.waitForSelector('.details-body > *', { timeout: 120_000 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const longest = await page.evaluate(() => window.longest);
  await page.close();
  return ms({
    what: 'static page, the same trace dropped on it: longest main-thread task over 50 ms',
    value: longest,
    least: 50,
    aim: 50,
  });
}

// Declared, since the measurements above run before a constant down here has its value.
function settle() {
  return new Promise((resolve) => setTimeout(resolve, 400));
}

function ms(/** @type {Omit<import('./targets.mjs').Target, 'unit'>} */ target) {
  return { ...target, unit: 'ms', lowerIsBetter: true };
}
