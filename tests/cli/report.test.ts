import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { analyzeForDrawing, drawnLoads } from '../../src/index.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import { unpackTracks } from '../../src/tracks/pack-tracks.ts';
import { regressedDocument } from '../support/compared.ts';
import { fakeIo, type FakeIo } from '../support/fake-io.ts';
import { sampleSession } from '../support/sample-session.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A folder as `record` leaves it. */
async function sessionFolder(content = JSON.stringify(sampleSession())): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'session.json'), content);
  return folder;
}

async function report(...args: readonly string[]): Promise<FakeIo & { readonly code: number }> {
  const io = fakeIo();
  const code = await run(['report', ...args], io);
  return { ...io, code };
}

/** What a report is made of: the session, and the files that its timeline's labels name. */
function filesIn(page: string): { readonly session: string; readonly tracks: readonly string[] } {
  const unpacked = (pattern: RegExp): Buffer => {
    const [, packed = ''] = pattern.exec(page) ?? [];
    return gunzipSync(Buffer.from(packed, 'base64'));
  };
  const { labels } = unpackTracks(unpacked(/data-tracks="[^"]*">([^<]*)</));
  return {
    session: unpacked(/id="session">([^<]*)</).toString(),
    tracks: labels.flatMap(({ url }) => (url === undefined ? [] : [url])),
  };
}

describe('report', () => {
  test('writes the page beside the session, and prints its path alone', async () => {
    const folder = await sessionFolder();
    const { code, out, err } = await report(folder);
    expect(code).toBe(0);
    expect(err()).toMatch(/^Report of \d+ kB, at most 4,000 kB \(--max-report-size\)\.\n/);
    expect(err()).toContain('There is no timeline of load sync-backed');
    expect(out()).toBe(`${join(folder, 'report.html')}\n`);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain(
      '<title>Lab: a report page · INPact</title>',
    );
    expect((await readdir(folder)).toSorted()).toEqual(['report.html', 'session.json']);
  });

  test('takes the session’s file as well as its folder, and another place for the page', async () => {
    const folder = await sessionFolder();
    const page = join(folder, 'elsewhere.html');
    const { code } = await report(join(folder, 'session.json'), '-o', page);
    expect(code).toBe(0);
    expect(existsSync(page)).toBe(true);
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });

  test('takes the place of an older page', async () => {
    const folder = await sessionFolder();
    await writeFile(join(folder, 'report.html'), 'old');
    await report(folder);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).not.toContain('old\n');
  });
});

describe('report of a session that was recorded to compare', () => {
  const { comparison, session } = regressedDocument();
  const written = async (text: string): Promise<string> => {
    const folder = await sessionFolder(JSON.stringify(session));
    await writeFile(join(folder, 'comparison.json'), text);
    return folder;
  };

  test('holds what was concluded, and the session that it rests on', async () => {
    const folder = await written(JSON.stringify(comparison));
    expect((await report(folder)).code).toBe(0);
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    const [, packed = ''] = /id="session">([^<]*)</.exec(page) ?? [];
    expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())).toEqual({
      schemaVersion: 1,
      kind: 'compared',
      comparison,
      session,
    });
  });

  test.each([
    ['is broken', '{'],
    ['is another thing', '{"schemaVersion": 1, "kind": "judgement"}'],
  ])('is not written where the comparison %s', async (_, text) => {
    const folder = await written(text);
    const { code, err } = await report(folder);
    expect(code).toBe(3);
    expect(err()).toContain('comparison.json is not a comparison that this version can read');
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });
});

describe('report of a trace', () => {
  const trace = join(import.meta.dirname, '../../fixtures/traces/click-fetch.json.gz');

  test('lies beside it, or where one says, and names it without its folder', async () => {
    const folder = await temporaryFolder();
    const copy = join(folder, 'Trace-1.json.gz');
    await copyFile(trace, copy);
    const { code, out } = await report(copy);
    expect([code, out()]).toEqual([0, `${join(folder, 'Trace-1.html')}\n`]);
    const page = await readFile(join(folder, 'Trace-1.html'), 'utf8');
    expect(page).toContain('<title>Trace-1.json.gz · INPact</title>');
    expect(page).toContain('data-tracks="Trace-1.json.gz"');
    expect(page).not.toContain(folder);
  });

  test('is no larger than asked for, and says what that cost', async () => {
    const page = join(await temporaryFolder(), 'small.html');
    await report(trace, '-o', page);
    const limit = (await stat(page)).size - 4000;
    const { code, err } = await report(trace, '-o', page, '--max-report-size', `${String(limit)}B`);
    expect(code).toBe(0);
    expect((await stat(page)).size).toBeLessThanOrEqual(limit);
    expect(err()).toMatch(/\d+ spans shorter than [\d.]+ ms are left out/);
  });

  test.each(['lots', '-5MB', '3 acres', '0'])('of at most %s is a wrong usage', async (size) => {
    expect((await report(trace, `--max-report-size=${size}`)).code).toBe(2);
  });
});

describe('report with source maps', () => {
  const LAB = join(import.meta.dirname, '../../bench/recorded/lab.json.gz');
  /** Whatever line of page.js is line 1 of cart.ts. */
  const MAP = { version: 3, sources: ['cart.ts'], names: [], mappings: Array(400).fill('AAAA').join(';') };

  /** A session of one load, whose trace is the lab's. */
  async function labSession(): Promise<string> {
    const { trace } = await analyzeForDrawing({ file: 'lab.json.gz', bytes: readTrace(LAB) });
    const session = sampleSession();
    const [load] = drawnLoads(session);
    const folder = await sessionFolder(
      JSON.stringify({ ...session, loads: [{ ...load, trace, traceFile: 'lab.json.gz' }] }),
    );
    await copyFile(LAB, join(folder, 'lab.json.gz'));
    await writeFile(join(folder, 'page.js.map'), JSON.stringify(MAP));
    return folder;
  }

  test('gives a session’s figures and timelines the author’s files', async () => {
    const folder = await labSession();
    const htmlWith = async (...flags: readonly string[]): Promise<string> => {
      expect((await report(folder, ...flags)).code).toBe(0);
      return readFile(join(folder, 'report.html'), 'utf8');
    };
    const delivered = filesIn(await htmlWith());
    const authored = filesIn(await htmlWith('--source-maps', folder));
    for (const { session, tracks } of [delivered, authored]) {
      const isAuthored = tracks === authored.tracks;
      expect(session.includes('cart.ts')).toBe(isAuthored);
      expect(tracks.some((url) => url.endsWith('cart.ts'))).toBe(isAuthored);
    }
  });
});

describe('report refuses', () => {
  test('the maps in a trace for a session, whose traces have reports of their own', async () => {
    const { code, err } = await report(await sessionFolder(), '--source-maps', 'inline');
    expect([code, err()]).toEqual([2, expect.stringContaining('for the report of that trace')]);
  });

  test('a session that is not there', async () => {
    const { code, err } = await report('/nowhere/session');
    expect(code).toBe(3);
    expect(err()).toMatch(/^Error: There is no session at \/nowhere\/session\n {2}Give the folder/);
  });

  test('a folder without one', async () => {
    const { code, err } = await report(await temporaryFolder());
    expect(code).toBe(3);
    expect(err()).toContain('session.json');
  });

  test.each([
    ['broken', '{"schemaVersion": 1,'],
    ['of another version', JSON.stringify({ ...sampleSession(), schemaVersion: 2 })],
  ])('a session that is %s, and writes nothing', async (_, content) => {
    const folder = await sessionFolder(content);
    const { code, err } = await report(folder);
    expect(code).toBe(3);
    expect(err()).toContain('is not a session that this version can read');
    expect(await readdir(folder)).toEqual(['session.json']);
  });

  test('a place that cannot be written, and leaves nothing half done', async () => {
    const folder = await sessionFolder();
    const { code, err } = await report(folder, '-o', join(folder, 'no', 'report.html'));
    expect(code).toBe(73);
    expect(err()).toContain("no/report.html can't be written: ENOENT: no such file or directory\n");
    await mkdir(join(folder, 'taken'));
    expect((await report(folder, '-o', join(folder, 'taken'))).code).toBe(73);
    expect((await readdir(folder)).toSorted()).toEqual(['session.json', 'taken']);
  });
});

test('the built program writes the page', async () => {
  const folder = await sessionFolder();
  expect(await inpact(['report', folder])).toEqual({
    code: 0,
    stdout: `${join(folder, 'report.html')}\n`,
    stderr: expect.stringContaining('Report of '),
  });
});
