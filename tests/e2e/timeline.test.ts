import { readFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeForDrawing, type DrawnTrace } from '../../src/analyze.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { inpRating } from '../../src/result/words/inp-rating.ts';
import { ms } from '../../viewer/layout/format.ts';
import { lengthOf, type TimeSpan } from '../../viewer/layout/time-span.ts';
import { ATTACKS, hostileTrace } from '../support/hostile-trace.ts';
import { drawnFrame, type OpenedPage, type ReportPages, reportPages } from '../support/report-page.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LAB = join(import.meta.dirname, '../../bench/recorded/lab.json.gz');
const FRAMED = join(import.meta.dirname, '../../fixtures/traces/out-of-process-iframe.json.gz');
const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

let pages: ReportPages;
let lab: DrawnTrace;

beforeAll(async () => {
  pages = await reportPages();
  lab = await analyzeForDrawing({ file: 'lab.json', bytes: [gunzipSync(readFileSync(LAB))] });
});

afterAll(() => pages.close());

/** With plain spaces for those that keep a number and its unit on one line. */
const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent.replaceAll('\u00A0', ' '));
const title = (page: Page): Promise<string> => text(page, '#details-title');
const ticks = (page: Page): Promise<string> => text(page, '.timeline-axis');

/** The pixels of the page's flame chart that are not empty. */
const inked = (page: Page): Promise<number> =>
  page.$eval('[data-track="thread-0"] canvas', (canvas) => {
    const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 3; at < (image?.data.length ?? 0); at += 4) if ((image?.data[at] ?? 0) > 0) count++;
    return count;
  });

interface Finger {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** All fingers at once, each from one place to another. */
async function swipe(page: Page, fingers: readonly Finger[]): Promise<void> {
  const session = await page.createCDPSession();
  const send = (type: 'touchStart' | 'touchMove', share: number): Promise<void> =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: fingers.map(({ from, to }, id) => ({
        id,
        x: from[0] + share * (to[0] - from[0]),
        y: from[1] + share * (to[1] - from[1]),
      })),
    });
  await send('touchStart', 0);
  for (const share of [0.25, 0.5, 0.75, 1]) await send('touchMove', share);
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

/** Which stretch of the trace the address says is shown, which it does once the page has nothing else to do. */
async function shownBy(page: Page): Promise<TimeSpan> {
  const said = await page.waitForFunction(() => /[&#]t=[\d.]+(~|%7E)[\d.]+/.exec(location.hash)?.[0]);
  const [startMs = 0, endMs = 0] = decodeURIComponent(String(await said.jsonValue()))
    .replace(/^.t=/, '')
    .split('~')
    .map(Number);
  return { startMs, endMs };
}

/** The address follows a quarter of a second after the last move, however long its frames take to draw. */
const DRAWN = { timeout: 20_000 };

test('on a phone a finger scrolls the page, also over a chart as large as the screen; sideways it moves the chart, and two zoom', async () => {
  const { page } = await pages.openTrace(lab);
  await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
  // To become a phone the page was loaded anew.
  await page.waitForSelector('.details-body > *');
  const toChart = async (): Promise<void> => {
    await page.$eval('.timeline-plot', (plot) => plot.scrollIntoView());
    await drawnFrame(page);
  };
  await toChart();
  const [from, opened, shown] = [await page.evaluate(() => scrollY), await shownBy(page), await ticks(page)];
  await swipe(page, [{ from: [200, 300], to: [200, 120] }]);
  await page.waitForFunction((before) => scrollY > before, {}, from);
  // Had the chart moved, the axis would tell with the next frame, and the address only when it has rested.
  await drawnFrame(page);
  expect(await ticks(page)).toBe(shown);
  expect(await shownBy(page)).toEqual(opened);

  await toChart();
  await swipe(page, [{ from: [300, 300], to: [100, 300] }]);
  await expect.poll(async () => (await shownBy(page)).startMs, DRAWN).toBeGreaterThan(opened.startMs);
  await swipe(page, [
    { from: [180, 300], to: [100, 300] },
    { from: [220, 300], to: [300, 300] },
  ]);
  const opening = lengthOf(opened);
  await expect.poll(async () => lengthOf(await shownBy(page)), DRAWN).toBeLessThan(opening / 2);
  await page.close();
});

test('on paper the main thread is drawn, wherever the screen was', async () => {
  const { page } = await pages.openTrace(lab);
  await page.setViewport({ width: 1280, height: 200 });
  await drawnFrame(page);
  await page.evaluate(() => scrollTo(0, 0));
  await drawnFrame(page);
  const onScreen = await inked(page);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await inked(page)).toBeGreaterThan(Math.max(100, onScreen));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.close();
});

/** As where every document of a page counts its interactions from the same number. */
const withOneId = ({ trace, tracks }: DrawnTrace): DrawnTrace => ({
  tracks,
  trace: {
    ...trace,
    interactions: trace.interactions.map((interaction) => ({ ...interaction, interactionId: 4213 })),
    findings: trace.findings.map((found) => ({ ...found, interactionId: 4213 })),
  },
});

describe('a report of a trace', () => {
  let opened: OpenedPage;

  beforeAll(async () => {
    opened = await pages.openTrace(withOneId(lab));
  });

  afterAll(() => opened.page.close());

  test('says first which interaction was slowest, and shows the result’s figures', async () => {
    const { page } = opened;
    const shown = await page.$$eval('tr[data-interaction]', (rows) =>
      rows.map((row) => row.querySelector('td[data-value]')?.getAttribute('data-value')),
    );
    const expected = lab.trace.interactions
      .toSorted((a, b) => b.durationMs - a.durationMs)
      .map(({ durationMs }) => String(durationMs));
    expect(shown).toEqual(expected);
    expect(await text(page, 'h1')).toMatch(
      /^Users waited longest for the result of pointerdown on BUTTON id='fetch-report': \d+ ms/,
    );
    expect(opened.noise).toEqual([]);
  });

  test('says on its first screen what to do about the worst of it', async () => {
    const [worst] = lab.trace.findings.toSorted((a, b) => b.explainsMs - a.explainsMs);
    const next = await text(opened.page, '.answer-next');
    expect(next).toMatch(/^What to do: /);
    expect(next).toContain(worst?.title);
    expect(next).toContain(worst?.advice);
    // Nothing explains the wait that the heading names.
    expect(next).toContain('of the interaction at ');
  });

  test('opens on it, with its chain from the input to the result', async () => {
    const { page } = opened;
    const waited = lab.trace.interactions.toSorted((a, b) => icp(b) - icp(a))[0];
    expect(await title(page)).toContain(ms(waited?.durationMs ?? 0));
    const links = await page.$$eval('[data-segment]', (rows) =>
      rows.map((row) => row.getAttribute('data-segment')),
    );
    expect(links).toEqual(waited?.chain.segments.map(({ kind }) => kind));
    expect(await page.$$eval('.chain-arrows .arrow', (arrows) => arrows.length)).toBeGreaterThan(0);
    await page.$eval('.timeline-plot', (plot) => plot.scrollIntoView());
    await drawnFrame(page);
    expect(await inked(page)).toBeGreaterThan(100);
  });

  test('selects the interaction that is clicked in the table, rated as web.dev rates it', async () => {
    const { page } = opened;
    const slowest = lab.trace.interactions.toSorted((a, b) => b.durationMs - a.durationMs)[0];
    await page.click('tr[data-interaction] button');
    await drawnFrame(page);
    expect(await title(page)).toContain(ms(slowest?.durationMs ?? 0));
    expect(await text(page, '.key-figures .rating')).toBe(inpRating(slowest?.durationMs ?? 0));
  });

  test('finds spans by name, goes from one to the next, and says how many there are', async () => {
    const { page } = opened;
    await page.type('input[type=search]', 'Layout');
    await drawnFrame(page);
    const [, count = ''] = / of ([\d,]+)$/.exec(await text(page, '.found-count')) ?? [];
    const expected = lab.tracks.threads.reduce(
      (sum, { spans }) =>
        sum + spans.label.filter((label) => /layout/i.test(lab.tracks.labels[label]?.name ?? '')).length,
      0,
    );
    expect(Number(count.replaceAll(',', ''))).toBe(expected);
    const first = await title(page);
    await page.keyboard.press('Enter');
    await drawnFrame(page);
    expect(await text(page, '.found-count')).toMatch(/^2 of /);
    expect(first).toMatch(/layout/i);
    await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    await drawnFrame(page);
    expect(await text(page, '.found-count')).toMatch(/^1 of /);
    await page.keyboard.press('Escape');
  });

  test('sums up a range that is dragged with the shift key', async () => {
    const { page } = opened;
    await page.focus('.timeline-plot');
    await page.keyboard.press('0');
    await page.$eval('.timeline-plot', (plot) => plot.scrollIntoView());
    await drawnFrame(page);
    const box = await (await page.$('[data-track="thread-0"]'))?.boundingBox();
    if (box === null || box === undefined) throw new Error('There is no main thread.');
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 10, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 10, box.y + 5, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    expect(await title(page)).toMatch(/^Range: [\d,]+ ms$/);
    expect(await text(page, '.details-body')).toContain('Scripting');
    expect(opened.noise).toEqual([]);
  });

  test('is saved as SVG and PNG, and copied as text', async () => {
    const { page } = opened;
    const folder = await temporaryFolder();
    const client = await page.createCDPSession();
    await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    const saved = async (kind: 'svg' | 'png'): Promise<Buffer> => {
      await page.$eval(`button[title^="${kind.toUpperCase()} of"]`, (button) => button.click());
      const isHere = async (): Promise<string | undefined> =>
        (await readdir(folder)).find((name) => name.endsWith(`.${kind}`));
      await expect.poll(isHere, { timeout: 10_000 }).toBeDefined();
      return readFile(join(folder, (await isHere()) ?? ''));
    };
    const drawing = (await saved('svg')).toString();
    expect(XMLValidator.validate(drawing)).toBe(true);
    expect(drawing).toMatch(/^<svg [^>]*width="\d/);
    expect(drawing).toContain('data:image/png;base64,');
    const picture = await saved('png');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBeGreaterThan(500);
    await page.evaluate(() => {
      navigator.clipboard.writeText = (copied) => {
        document.documentElement.dataset['copied'] = copied;
        return Promise.resolve();
      };
    });
    await page.$eval('button[title^="Copy the details"]', (button) => button.click());
    const copied = await page.evaluate(() => document.documentElement.dataset['copied']);
    expect(copied).toContain(await title(page));
    expect(opened.noise).toEqual([]);
  });

  test('fades what is filtered out, and draws it again', async () => {
    const { page } = opened;
    const colours = (): Promise<number> =>
      page.$eval('[data-track="thread-0"] canvas', (canvas) => {
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        return (data ?? new Uint8ClampedArray()).reduce(
          (sum, value, at) => (sum * 31 + value * (at % 7)) % 1_000_003,
          0,
        );
      });
    const toggled = async (): Promise<number> => {
      await page.click('.filters label:nth-of-type(2)');
      await drawnFrame(page);
      return colours();
    };
    const [without, withIt, withoutAgain] = [await toggled(), await toggled(), await toggled()];
    expect(withIt).not.toBe(without);
    expect(withoutAgain).toBe(without);
    await page.click('.filters label:nth-of-type(2)');
    await page.select('.filters select', '10');
    await drawnFrame(page);
    expect(await colours()).not.toBe(withIt);
    await page.select('.filters select', '0');
    await drawnFrame(page);
    expect(await colours()).toBe(withIt);
  });

  test('goes to what is brushed on the overview', async () => {
    const { page } = opened;
    await page.click('aria/All of the trace');
    await drawnFrame(page);
    const before = await ticks(page);
    const box = await (await page.$('.overview'))?.boundingBox();
    if (box === undefined || box === null) throw new Error('The overview is not there');
    const at = (share: number): number => box.x + box.width * share;
    await page.mouse.move(at(0.6), box.y + 10);
    await page.mouse.down();
    await page.mouse.move(at(0.7), box.y + 10, { steps: 5 });
    await page.mouse.up();
    await drawnFrame(page);
    const { spanMs } = lab.tracks;
    const shown =
      (await ticks(page)).match(/[\d,]+(?= ms)/g)?.map((tick) => Number(tick.replaceAll(',', ''))) ?? [];
    expect(await ticks(page)).not.toBe(before);
    expect(Math.min(...shown)).toBeGreaterThan(spanMs * 0.59);
    expect(Math.max(...shown)).toBeLessThan(spanMs * 0.71);
  });

  test('is printed without what can only be used on a screen', async () => {
    const { page } = opened;
    const areShown = (): Promise<readonly boolean[]> =>
      page.$$eval('.timeline-tools, .filters', (nodes) => nodes.map((node) => node.checkVisibility()));
    expect(await areShown()).toEqual([true, true]);
    await page.emulateMediaType('print');
    expect(await areShown()).toEqual([false, false]);
    expect(await page.$eval('.details', (node) => node.checkVisibility())).toBe(true);
    await page.emulateMediaType('screen');
  });
});

const icp = ({ icpMs, durationMs }: DrawnTrace['trace']['interactions'][number]): number =>
  isUnavailable(icpMs) ? durationMs : icpMs;

test('by keyboard alone one comes to every interaction, into a thread, and back', async () => {
  const { page, noise } = await pages.openTrace(lab);
  await page.focus('.timeline-plot');
  const before = await ticks(page);
  const seen = new Set<string>();
  await page.keyboard.press('.');
  await drawnFrame(page);
  expect(await ticks(page)).not.toBe(before);
  for (const _ of lab.trace.interactions) {
    seen.add(await title(page));
    await page.keyboard.press('.');
  }
  expect(seen.size).toBe(lab.trace.interactions.length);
  await page.keyboard.press('Escape');
  expect(await title(page)).toBe('Nothing selected');
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.up('Shift');
  expect(await text(page, '.details-body')).toContain('Main thread');
  // What is drawn as bars can be come by as well: each track is a table, too, which is made when it is unfolded.
  const lists = '.bar-lists > details';
  expect(await page.$$(`${lists} tr`)).toEqual([]);
  await page.focus('.bar-lists > summary');
  await page.keyboard.press('Enter');
  await page.$eval(`${lists} > summary ::-p-text(Network)`, (summary) => {
    if (summary instanceof HTMLElement) summary.focus();
  });
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${lists} tbody tr`);
  expect(await page.$$eval(`${lists} tbody tr`, (rows) => rows.length)).toBe(lab.trace.requests.length);
  await page.focus(`${lists} tbody button`);
  const request = await text(page, `${lists} tbody button`);
  await page.keyboard.press('Enter');
  expect(await title(page)).toBe(request);
  await page.focus('.timeline-plot');
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  expect(noise).toEqual([]);
  await page.close();
});

test('a link to a place survives a reload', async () => {
  const { page } = await pages.openTrace(lab);
  await page.click('tr[data-interaction]:nth-child(3) button');
  await page.focus('.timeline-plot');
  for (const key of ['w', 'w', 'd'] as const) await page.keyboard.press(key);
  await page.waitForFunction(() => location.hash.includes('i='));
  await drawnFrame(page);
  // The page's own timer: one that was set before it for a shorter time is over by then, however busy the machine is.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(resolve, 400);
      }),
  );
  const [before, where] = [await title(page), await ticks(page)];
  await page.reload();
  await page.waitForSelector('.details-body > *');
  await drawnFrame(page);
  expect([await title(page), await ticks(page)]).toEqual([before, where]);
  // It is also what its reader sees first.
  const sent = await pages.openTrace(lab, await page.evaluate(() => location.hash));
  await sent.page.waitForFunction(
    () => Math.abs(document.querySelector('#timeline')?.getBoundingClientRect().top ?? 999) < 2,
  );
  await sent.page.close();
  await page.close();
});

test('a link that makes no sense opens the report as it is, here of a click in an iframe of another process', async () => {
  const framed = await analyzeForDrawing({
    file: 'framed.json',
    bytes: [gunzipSync(readFileSync(FRAMED))],
  });
  const { page, noise } = await pages.openTrace(framed, '#i=<img src=x onerror=alert(1)>&t=1~0&l=%E0%A4%A');
  expect(await title(page)).toContain('pointerdown');
  // What that process did, which is no thread of the page's.
  expect(await text(page, '.details-body')).toContain('FunctionCall: document.querySelector.onclick');
  await drawnFrame(page);
  expect(await page.$$eval('.chain-arrows .arrow', (arrows) => arrows.length)).toBe(1);
  expect(noise).toEqual([]);
  await page.close();
});

test.each(['light', 'dark'])('axe finds nothing to mend in the %s theme', async (theme) => {
  const { page } = await pages.openTrace(lab);
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await drawnFrame(page);
  // Through the protocol, since the page's policy lets no other script in.
  await page.evaluate(AXE);
  const violations: unknown = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]))',
  );
  expect(violations).toEqual([]);
  await page.close();
});

test.each([400, 1280, 3840])('at %i pixels the page does not scroll sideways', async (width) => {
  const { page } = await pages.openTrace(lab);
  await page.setViewport({ width, height: 900 });
  await drawnFrame(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await page.close();
});

test('a trace that is chosen on the static page is analysed there, to the same figures, with no request', async () => {
  const { page, noise } = await pages.openEmpty();
  const input = await page.waitForSelector('input');
  if (input === null) throw new Error('There is nothing to choose a file with.');
  await input.uploadFile(LAB);
  await page.waitForSelector('.details-body > *');
  const shown = await page.$$eval('td[data-value]', (cells) =>
    cells.map((cell) => Number(cell.getAttribute('data-value'))),
  );
  expect(shown).toEqual(lab.trace.interactions.map(({ durationMs }) => durationMs).toSorted((a, b) => b - a));
  expect(noise).toEqual([]);
  await page.close();
});

describe('what is dropped on the static page', () => {
  let opened: OpenedPage;

  beforeAll(async () => {
    opened = await pages.openEmpty();
  });

  afterAll(async () => {
    expect(opened.noise).toEqual([]);
    await opened.page.close();
  });

  const drop = (name: string, bytes: Uint8Array): Promise<void> =>
    opened.page.evaluate(
      (fileName, content) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(content)], fileName));
        document.dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      },
      name,
      [...bytes],
    );

  const problem = async (part: string): Promise<string> => {
    const { page } = opened;
    await page.waitForFunction(
      (wanted) => document.querySelector('.problem')?.textContent.includes(wanted),
      {},
      part,
    );
    return text(page, '.problem');
  };

  test('and is no trace is refused in words', async () => {
    await drop('<img src=x onerror=alert(1)>.json', Buffer.from('<svg onload=alert(1)>'));
    expect(await problem('is not a')).toContain('is not a Chrome trace');
  });

  test('and is gone when it comes to be read is said to be', async () => {
    const { page } = opened;
    const file = join(await temporaryFolder(), 'gone.json');
    await writeFile(file, '[]');
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.className = 'other';
      document.body.append(input);
    });
    const other = await page.$('input.other');
    if (other === null) throw new Error('There is nothing to choose a file with.');
    await other.uploadFile(file);
    await rm(file);
    await page.$eval('input.other', (input) => {
      const [gone] = 'files' in input && input.files instanceof FileList ? input.files : [];
      const data = new DataTransfer();
      if (gone !== undefined) data.items.add(gone);
      document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    expect(await problem('any more')).toBe(
      'The file cannot be read any more. It was changed, moved or removed meanwhile: choose it again.',
    );
  });

  test('and is damaged is shown as far as it goes, and said not to be whole', async () => {
    const { page } = opened;
    const plain = JSON.stringify({
      traceEvents: [{ name: 'RunTask', cat: 'x', ph: 'X', ts: 1000, dur: 100, pid: 1, tid: 1 }],
    });
    const packed = gzipSync(plain);
    await drop('checksum.json.gz', Buffer.from(packed).fill(0, packed.length - 8, packed.length - 4));
    await page.waitForSelector('.integrity');
    expect(await text(page, '.integrity')).toContain(
      `corrupt compression after ${String(plain.length)} bytes`,
    );
    // What follows the end is not the trace's: so the command line has it.
    await drop('longer.json.gz', Buffer.concat([packed, Buffer.from('and more')]));
    await page.waitForFunction(() =>
      document.querySelector('#report')?.textContent.includes('longer.json.gz'),
    );
    await page.waitForSelector('.timeline-plot');
    expect(await page.$('.integrity')).toBeNull();
  });
});

test('a trace whose every string is an attack shows as text: no script, no request, no violation of the policy', async () => {
  const hostile = await analyzeForDrawing({
    file: `${ATTACKS[0] ?? ''}.json`,
    bytes: [hostileTrace(readFileSync(LAB))],
  });
  const { page, noise } = await pages.openTrace(hostile);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
  for (const _ of hostile.trace.interactions) {
    await page.focus('.timeline-plot');
    await page.keyboard.press('.');
  }
  for (const attack of ATTACKS) {
    await page.$eval(
      'input[type=search]',
      (input, wanted) => {
        input.value = wanted;
        input.dispatchEvent(new Event('input'));
      },
      attack.trim(),
    );
    await drawnFrame(page);
  }
  for (const track of await page.$$('.track-body')) await track.hover().catch(() => undefined);
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  const foreign = await page.$$eval(
    'img, iframe, object, embed, base, form, math, foreignObject, link[href^="http"], [onerror], [onload], [onclick], [onfocus], [onmouseover], a[href^="javascript"], script:not([type])',
    (found) => found.map(({ outerHTML }) => outerHTML.slice(0, 100)),
  );
  expect(foreign).toEqual([]);
  expect(await text(page, 'body')).toContain(ATTACKS[0]);
  expect(noise).toEqual([]);
  await page.close();
});
