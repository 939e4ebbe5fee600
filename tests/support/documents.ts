import { globSync, readFileSync } from 'node:fs';

/** The documents of the project. */
export const PAGES: readonly string[] = globSync(['*.md', 'docs/**/*.md', 'src/**/*.md']);

export const textOf = (page: string): string => readFileSync(page, 'utf8');

const CODE = /^```(\w*)\n([\s\S]*?)^```/gm;

export const withoutCode = (text: string): string => text.replaceAll(CODE, '');

/** What stands in blocks of these languages, with continued lines in one. */
export const codeIn = (page: string, languages: readonly string[]): readonly string[] =>
  Array.from(textOf(page).matchAll(CODE), ([, language = '', code = '']) =>
    languages.includes(language) ? [code.replaceAll('\\\n', ' ')] : [],
  ).flat();

/** Command lines of INPact in a page, without its name: in blocks for a shell, and in configurations of CI. */
export const commandLines = (
  page: string,
  languages: readonly string[] = ['sh', 'text', 'yaml'],
): readonly string[] =>
  codeIn(page, languages)
    .flatMap((code) => code.split('\n'))
    .map((line) => /^[ $-]*(?:npm run (?:-s )?inpact --|(?:npx )?inpact) (.*)/.exec(line)?.[1])
    .filter((found) => found !== undefined);
