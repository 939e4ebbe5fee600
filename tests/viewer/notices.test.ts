import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { packagesOf, withNotices } from '../../viewer/build/notices.ts';

test('packages that share a notice are named before it, and none can end the comment', () => {
  const page = withNotices('<p></p>\n', [
    { name: 'a', text: 'Copyright A --><script>\n' },
    { name: 'b', text: 'Copyright B' },
    { name: 'c', text: 'Copyright A --><script>' },
  ]);
  expect(page).toBe(
    '<p></p>\n<!--\nThis page holds code of others.\n\na, c:\n\nCopyright A - -><script>\n\nb:\n\nCopyright B\n-->\n',
  );
  expect(withNotices('<p></p>', [])).toBe('<p></p>');
});

test('packages are told by where their files lie', () => {
  const files = ['/r/viewer/main.ts', '/r/node_modules/d3-a/src/x.js', '/r/node_modules/d3-a/src/y.js'];
  expect(packagesOf([...files, '/r/node_modules/@s/b/i.js', '\0virtual'])).toEqual([
    '/r/node_modules/@s/b',
    '/r/node_modules/d3-a',
  ]);
});

test.each(['report', 'index'])('the built page %s has the notice of d3', async (name) => {
  const page = await readFile(new URL(`../../dist/viewer/${name}.html`, import.meta.url), 'utf8');
  expect(page).toMatch(/<!--\nThis page holds code of others\.[^]*d3-scale[^]*Mike Bostock[^]*-->\n$/);
});
