import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { beforeAll, expect, test } from 'vitest';
import { type Pictures, REFERENCES, takePictures } from '../screenshots/take.ts';

/** A square of this many pixels a side holds a word. */
const WINDOW = 32;
/** So many pixels of any such square may differ: fewer than one letter has. */
const TOLERATED = 8;

const NAMES = ['light-400', 'light-1280', 'light-1920', 'dark-400', 'dark-1280', 'dark-1920'];
const FAILURES = join(tmpdir(), 'inpact-screenshots');

let taken: Pictures;

beforeAll(async () => {
  taken = await takePictures();
});

test.for(NAMES)('the report looks as in %s.png', async (name, { skip }) => {
  const known: unknown = JSON.parse(await readFile(join(REFERENCES, 'surroundings.json'), 'utf8'));
  if (JSON.stringify(known) !== JSON.stringify(taken.surroundings)) {
    skip(
      `the pictures were taken with other fonts or another Chrome: ${JSON.stringify(known)}, here ${JSON.stringify(taken.surroundings)}`,
    );
  }
  const file = `${name}.png`;
  const expected = PNG.sync.read(await readFile(join(REFERENCES, file)));
  const actual = taken.pictures.get(file) ?? new PNG({ width: 0, height: 0 });
  const { width, height } = expected;
  expect({ width: actual.width, height: actual.height }).toEqual({ width, height });
  const marked = new PNG({ width, height });
  const most = pixelmatch(expected.data, actual.data, marked.data, width, height, {
    windowSize: WINDOW,
    // Small letters are all smooth edges, which would count as none.
    includeAA: true,
  });
  if (most > TOLERATED) {
    await mkdir(FAILURES, { recursive: true });
    await writeFile(join(FAILURES, file), PNG.sync.write(actual));
    await writeFile(join(FAILURES, `${name}.difference.png`), PNG.sync.write(marked));
  }
  expect(most, `see ${FAILURES}; if it should look so: npm run screenshots`).toBeLessThanOrEqual(TOLERATED);
});
