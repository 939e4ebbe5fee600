import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import type { Session } from '../../src/result/session.ts';
import { fakeIo } from '../support/fake-io.ts';
import { sampleSession } from '../support/sample-session.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function shardWith(traceFile: string): Promise<string> {
  const session = sampleSession();
  const [first, ...rest] = session.loads;
  if (first === undefined) throw new Error('The sample has loads.');
  const shard: Session = { ...session, loads: [{ ...first, traceFile }, ...rest] };
  const folder = join(await temporaryFolder(), 'shard');
  await mkdir(folder);
  await writeFile(join(folder, 'session.json'), JSON.stringify(shard));
  return folder;
}

const merge = async (
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly err: string }> => {
  const io = fakeIo();
  return { code: await run(['merge', ...args], io), err: io.err() };
};

test('a shard without its traces is not merged', async () => {
  const folder = await shardWith('Trace-1.json.gz');
  const { code, err } = await merge(folder, '-o', join(folder, 'merged'));
  expect([code, err]).toEqual([
    3,
    expect.stringContaining(`${join(folder, 'Trace-1.json.gz')} is not there`),
  ]);
});

test('a session that names a file elsewhere copies nothing there', async () => {
  const folder = await shardWith('../outside.json');
  await writeFile(join(folder, '..', 'outside.json'), 'anything');
  const output = join(folder, 'merged', 'here');
  const { code, err } = await merge(folder, '-o', output);
  expect([code, err]).toEqual([3, expect.stringContaining('traceFile')]);
  expect([existsSync(output), existsSync(join(folder, 'merged', 'outside.json'))]).toEqual([false, false]);
});
