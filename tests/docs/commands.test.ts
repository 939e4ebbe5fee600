import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBudget } from '../../src/budget/read-budget.ts';
import { codeIn, commandLines, textOf } from '../support/documents.ts';
import { sampleSession } from '../support/sample-session.ts';
import { served } from '../support/server-trace.ts';
import { startInpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { objectTrace } from '../support/trace-bytes.ts';

const COMMANDS = commandLines('README.md', ['sh']);
/** These drive Chrome: the end-to-end tests run them. */
const RECORDING = new Set(['record', 'compare']);
const FOLDER = '20261127T001723-click';

/** A folder as a reader has it who has recorded something. */
async function readersFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const trace = /Trace-\S+\.json\.gz/.exec(COMMANDS.join('\n'))?.[0] ?? '';
  await copyFile('fixtures/traces/click-fetch.json.gz', join(folder, trace));
  const serverTrace = trace.replace('.json.gz', '.server.json');
  await writeFile(join(folder, serverTrace), objectTrace(served(1, 2, { path: '/' })));
  await mkdir(join(folder, 'inpact-results', FOLDER), { recursive: true });
  await writeFile(join(folder, 'inpact-results', FOLDER, 'session.json'), JSON.stringify(sampleSession()));
  await writeFile(join(folder, 'budget.json'), /`(\{"limits".*?\})`/.exec(textOf('README.md'))?.[1] ?? '');
  return folder;
}

/** As a shell divides them. */
const wordsOf = (line: string): readonly string[] =>
  Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, word]) => quoted ?? word ?? '');

describe('of the commands in the README', () => {
  test('analyze says what a trace holds', async () => {
    const { code, stdout, stderr } = await runs('analyze', await readersFolder());
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Where the time until the result went:');
  });

  test('check judges a session by the budget beside it, and writes JUnit', async () => {
    const folder = await readersFolder();
    const { code, stdout, stderr } = await runs('check', folder);
    expect([0, 1, 5], stderr).toContain(code);
    expect(stdout).toContain('INP');
    expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('<testsuites>');
  });

  test('each is run here, or records', () => {
    const names = COMMANDS.map((line) => line.split(' ')[0] ?? '').filter((name) => !RECORDING.has(name));
    expect(names).toEqual(['analyze', 'check']);
  });
});

function runs(name: string, cwd: string) {
  const line = COMMANDS.find((command) => command.startsWith(`${name} `));
  if (line === undefined) throw new Error(`The README has no ${name}.`);
  return startInpact(wordsOf(line.replace('<folder>', FOLDER)), { cwd }).ended;
}

test.each(codeIn('docs/budgets.md', ['json']))('the budget %j of its page is one', (text) => {
  expect(readBudget(text, 'budget.json').limits.length).toBeGreaterThan(0);
});
