import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import type { Session } from '../../src/result/session.ts';
import { fakeIo } from '../support/fake-io.ts';
import { sampleSession } from '../support/sample-session.ts';
import { sessionIn } from '../support/session-files.ts';
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
  // Nothing is left that the next try would be refused for.
  expect(existsSync(join(folder, 'merged'))).toBe(false);
});

/** Of two, with the loads of every second round, whose traces are all called alike and hold what tells the shard. */
async function shardOfTwo(index: 1 | 2): Promise<string> {
  const session = sampleSession();
  const traceFile = 'Trace-20261127T101500-page-3.json';
  const loads = session.loads
    .filter(({ warmUp, round }) => !warmUp && round % 2 === index - 1)
    .map((load, at) => ({ ...load, traceFile: at === 0 ? traceFile : null, serverTraceFile: null }));
  const folder = await temporaryFolder();
  const shard: Session = { ...session, plan: { ...session.plan, shard: { index, of: 2 } }, loads };
  await writeFile(join(folder, 'session.json'), JSON.stringify(shard));
  await writeFile(
    join(folder, traceFile),
    `[{"name":"shard ${String(index)}","ph":"I","ts":1,"pid":1,"tid":1}]`,
  );
  return folder;
}

test('each load keeps its own trace, also where two machines called theirs alike', async () => {
  const folders = [await shardOfTwo(2), await shardOfTwo(1)];
  const output = join(await temporaryFolder(), 'merged');
  expect(await merge(...folders, '-o', output)).toEqual({ code: 0, err: '' });
  const { loads } = await sessionIn(output);
  const kept = loads.flatMap(({ round, traceFile }) => (traceFile === null ? [] : [{ round, traceFile }]));
  expect(kept).toHaveLength(2);
  for (const { round, traceFile } of kept)
    expect(await readFile(join(output, traceFile), 'utf8')).toContain(`shard ${String((round % 2) + 1)}`);
});

test('a session that names a file elsewhere copies nothing there', async () => {
  const folder = await shardWith('../outside.json');
  await writeFile(join(folder, '..', 'outside.json'), 'anything');
  const output = join(folder, 'merged', 'here');
  const { code, err } = await merge(folder, '-o', output);
  expect([code, err]).toEqual([3, expect.stringContaining('traceFile')]);
  expect([existsSync(output), existsSync(join(folder, 'merged', 'outside.json'))]).toEqual([false, false]);
});
