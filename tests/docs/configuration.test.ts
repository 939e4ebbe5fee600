import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SETTING_NAMES } from '../../src/capture/settings/settings.ts';

test('the page lists every setting, and none that does not exist', async () => {
  const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name ?? '');
  expect(listed.toSorted()).toEqual(SETTING_NAMES.toSorted());
});
