import { basename, extname } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactTime, safe, traceFileName } from '../../src/capture/session/trace-file-name.ts';

const AT = new Date('2026-11-23T10:15:00.999Z');

test('a trace is named as DevTools does it, with its variant and number', () => {
  expect(traceFileName(AT, 'sync-backed', 2)).toBe('Trace-20261123T101500-sync-backed-3.json.gz');
});

test('the time is in UTC, to the second', () => {
  expect(compactTime(new Date('2026-11-23T00:30:09+02:00'))).toBe('20261122T223009');
});

test.each([
  ['../../etc/passwd', '-etc-passwd'],
  ['a b\u202Ec\u0000', 'a-b-c-'],
  ['', 'unnamed'],
  ['.', '-'],
  ['日本', '-'],
])('the name %j becomes %j', (name, expected) => {
  expect(safe(name)).toBe(expected);
});

test('no name leaves its folder, hides, or is too long for a file system', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const file = traceFileName(AT, name, 0);
      expect(basename(file)).toBe(file);
      expect(file).toMatch(/^Trace-[\w-]+\.json\.gz$/);
      expect(extname(safe(name))).toBe('');
      expect(file.length).toBeLessThan(120);
    }),
  );
});
