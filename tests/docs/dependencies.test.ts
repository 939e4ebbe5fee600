import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}
interface Lister {
  readonly dependenciesPage: (manifest: Manifest, lock: object) => string;
}

const { dependenciesPage } = await vi.importActual<Lister>('../../scripts/list-dependencies.mjs');
const manifest = await vi.importActual<Manifest>('../../package.json');
const lock = await vi.importActual<object>('../../package-lock.json');
const page = await readFile(new URL('../../docs/dependencies.md', import.meta.url), 'utf8');

/** Without what aligns its tables. */
const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

test('the page lists what the lock has: npm run licences makes it anew', () => {
  expect(plain(page)).toBe(plain(dependenciesPage(manifest, lock)));
});

test('what is installed or built in has a licence that asks for no more than its notice', () => {
  const [published = ''] = page.split('## Tools of this repository');
  const rows = Array.from(published.matchAll(/^\| (\S+) +\| (\d\S*) +\| (\S+) /gm), ([, name, , licence]) => [
    name,
    licence,
  ]);
  expect(rows.length).toBeGreaterThan(50);
  const notices = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Python-2.0']);
  expect(rows.filter(([, licence]) => !notices.has(licence ?? ''))).toEqual([]);
});

test('a package of which nobody said what it is for is an error', () => {
  const more = { ...manifest, dependencies: { ...manifest.dependencies, fastify: '*' } };
  expect(() => dependenciesPage(more, lock)).toThrow('what fastify is for');
});
