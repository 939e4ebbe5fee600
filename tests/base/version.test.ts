import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.ts';

test('the version is the package’s', async () => {
  const packageFile = new URL('../../package.json', import.meta.url);
  expect(JSON.parse(await readFile(packageFile, 'utf8'))).toMatchObject({ version: VERSION });
});
