import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INSIGHT_IDS } from '../../src/insights/findings/finding.ts';
import { docsOf } from '../../src/result/describe/describe-findings.ts';
import { sourcesIn } from '../architecture/sources.ts';

const FOLDER = 'docs/insights';
const OVERVIEW = 'README.md';
const pages = readdirSync(FOLDER).filter((file) => file !== OVERVIEW);

/** Links to files: relative, and not into a page. */
const linksIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)/g), ([, target = '']) => target);

test('every insight has its page, and every page its insight', () => {
  expect(pages.toSorted()).toEqual(INSIGHT_IDS.map((id) => `${id}.md`).toSorted());
  for (const id of INSIGHT_IDS) expect(existsSync(docsOf(id))).toBe(true);
});

test('the overview lists every page', () => {
  const links = linksIn(readFileSync(join(FOLDER, OVERVIEW), 'utf8'));
  expect(links.toSorted()).toEqual(pages.toSorted());
});

describe.each([...pages, OVERVIEW])('%s', (page) => {
  const file = join(FOLDER, page);
  const text = readFileSync(file, 'utf8');

  test('has links that lead somewhere', () => {
    const broken = linksIn(text).filter((target) => !existsSync(join(dirname(file), target)));
    expect(broken).toEqual([]);
  });

  test.skipIf(page === OVERVIEW)('is called after its insight, and says what a reader needs', () => {
    expect(text).toMatch(new RegExp(`^# ${page.replace('.md', '')}\n`));
    expect(Array.from(text.matchAll(/^## (.*)$/gm), ([, heading]) => heading)).toEqual([
      'How it is found',
      'How sure it is',
      'What to do',
      'When it is wrong',
    ]);
  });
});

test('the pages come with the package, as does every other page that the program names', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(files).toContain('docs');
  const published = new Set(globSync('docs/**'));
  const named = sourcesIn('src', 'cli').flatMap(({ text }) =>
    Array.from(text.matchAll(/(?<!\/)\bdocs\/[a-z-]+\.md/g), ([page]) => page),
  );
  expect(named).toContain('docs/budgets.md');
  expect(named.filter((page) => !published.has(page))).toEqual([]);
});
