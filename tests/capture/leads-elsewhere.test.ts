import { expect, test } from 'vitest';
import { leadsElsewhere } from '../../src/capture/load/leads-elsewhere.ts';

test.each<[got: string, allowed: readonly string[], isElsewhere: boolean]>([
  ['https://shop.test/basket?step=2', [], false],
  ['https://login.test/', [], true],
  ['http://shop.test/', [], true],
  ['https://login.test/form', ['https://login.test'], false],
  // As a browser shows it, and as the address bar gives it.
  ['https://login.test/form', ['https://login.test/'], false],
  ['https://login.test/form', ['https://Login.Test:443'], false],
  ['https://login.test.evil.test/form', ['https://login.test/'], true],
])('a page that led to %s, with %j allowed', (got, allowed, isElsewhere) => {
  expect(leadsElsewhere('https://shop.test/', got, allowed)).toBe(isElsewhere);
});
