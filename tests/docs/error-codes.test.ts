import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { EXIT_OF_ERROR } from '../../cli/exit-code.ts';
import { LOAD_PROBLEMS } from '../../src/result/load-problems.ts';

const page = await readFile(new URL('../../docs/error-codes.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, as cells. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| *-/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('the page has every problem of a load, in the words of the one table', () => {
  const rows = rowsUnder('What makes a load unfit').map(([code = '', ...words]) => [
    code.replaceAll('`', ''),
    ...words,
  ]);
  expect(rows).toEqual(
    Object.entries(LOAD_PROBLEMS).map(([code, { meaning, remedy }]) => [code, meaning, remedy]),
  );
});

test('the page has every error with its exit code', () => {
  const listed = rowsUnder('What ends a command').flatMap(([exit, , codes = '']) =>
    codes.split(', ').map((code) => [code.replaceAll('`', ''), Number(exit)] as const),
  );
  expect(Object.fromEntries(listed)).toEqual(EXIT_OF_ERROR);
});
