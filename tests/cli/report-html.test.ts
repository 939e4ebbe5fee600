import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { reportHtml } from '../../cli/output/report-html.ts';
import { InpactError } from '../../src/base/errors.ts';
import type { Session } from '../../src/result/session.ts';
import { sampleSession } from '../support/sample-session.ts';

const TEMPLATE =
  '<head><title>INPact report</title></head><script type="application/octet-stream" id="session"></script><script type="application/octet-stream" id="tracks"></script>';
const ISLAND = /<script type="application\/octet-stream" id="session">([^<]*)<\/script>/;

function packedSession(page: string): unknown {
  const [, packed = ''] = ISLAND.exec(page) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString());
}

const named = (name: string): Session => {
  const session = sampleSession();
  return { ...session, scenario: { ...session.scenario, name } };
};

test('a session comes out of the report as it went in', async () => {
  const session = sampleSession();
  expect(packedSession(await reportHtml(TEMPLATE, session))).toEqual(session);
});

test('the scenario names the page', async () => {
  expect(await reportHtml(TEMPLATE, named('Checkout'))).toContain('<title>Checkout · INPact</title>');
});

test('a hostile name stays text', async () => {
  const hostile = '</title></script><img src=x onerror=alert(1)>';
  const page = await reportHtml(TEMPLATE, named(hostile));
  expect(page).not.toContain('<img');
  expect(page).toContain('<title>&lt;/title&gt;&lt;/script&gt;');
  expect(packedSession(page)).toEqual(named(hostile));
});

test('a name that looks like a replacement pattern is no such thing', async () => {
  expect(await reportHtml(TEMPLATE, named("$& $' $1"))).toContain("<title>$&amp; $' $1 · INPact</title>");
});

test('the same session makes the same page, byte for byte', async () => {
  expect(await reportHtml(TEMPLATE, sampleSession())).toBe(await reportHtml(TEMPLATE, sampleSession()));
});

test.each([
  ['without a place for the session', '<title>INPact report</title>'],
  ['with two places for the session', TEMPLATE + TEMPLATE],
])('a template %s is refused', async (_, template) => {
  const report = reportHtml(template, sampleSession());
  await expect(report).rejects.toThrow(InpactError);
  await expect(report).rejects.toMatchObject({ code: 'write-failed' });
});
