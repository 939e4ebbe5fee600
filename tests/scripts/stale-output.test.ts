import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The scripts are plain JavaScript, so their types are stated here.
const { removeStaleOutput } = await vi.importActual<{ removeStaleOutput: (root: string) => void }>(
  '../../scripts/stale-output.mjs',
);

test('a build drops the output of modules that are gone, and nothing else', async () => {
  const root = await temporaryFolder();
  const files = [
    'src/kept.ts',
    'fixtures/lab/page/page.js',
    'dist/src/kept.js',
    'dist/src/kept.d.ts',
    'dist/src/moved.js',
    'dist/src/moved.d.ts',
    'dist/src/moved.d.ts.map',
    'dist/fixtures/lab/page/page.js',
    'dist/viewer/report.html',
  ];
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
  removeStaleOutput(root);
  const left = await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true });
  expect(
    left
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['kept.d.ts', 'kept.js', 'page.js', 'report.html']);
});
