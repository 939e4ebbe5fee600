import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyzeCommand } from '../../cli/commands/analyze.ts';
import { readSourceMaps } from '../../src/node/read-source-maps.ts';
import { scriptRequest, stackTop } from '../support/causes.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { objectTrace } from '../support/trace-bytes.ts';
import { mainThread } from '../support/trace-events.ts';

test('all maps in a folder and below are read, and nothing else', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'a.js.map'), '1');
  await writeFile(join(folder, 'assets', 'b.js.map'), '2');
  await writeFile(join(folder, 'assets', 'b.js'), '3');
  expect(await readSourceMaps(folder)).toEqual([
    { of: 'a.js.map', map: '1' },
    { of: 'assets/b.js.map', map: '2' },
  ]);
});

test('a folder that is not there is the user’s error, which says what to give', async () => {
  const missing = join(await temporaryFolder(), 'nowhere');
  await expect(readSourceMaps(missing)).rejects.toMatchObject({
    code: 'no-such-file',
    message: expect.stringContaining(missing),
    hint: expect.stringContaining('inline'),
  });
});

test('so is a file in its place', async () => {
  const file = join(await temporaryFolder(), 'a.js.map');
  await writeFile(file, '{}');
  await expect(readSourceMaps(file)).rejects.toMatchObject({ code: 'unreadable-file' });
});

test('inpact analyze --source-maps shows the author’s lines', async () => {
  const folder = await temporaryFolder();
  const trace = join(folder, 'trace.json');
  const map = { version: 3, sources: ['cart.ts'], names: [], mappings: 'UAEK' };
  await writeFile(join(folder, 'app.js.map'), JSON.stringify(map));
  await writeFile(
    trace,
    objectTrace([...mainThread, scriptRequest(10, 'a', { stack: [stackTop('a', 1, 11)] })]),
  );
  const io = fakeIo();
  await analyzeCommand([trace], { json: true, sourceMaps: folder }, io);
  expect(JSON.parse(io.out())).toMatchObject({
    traces: [{ requests: [{ initiator: { url: 'https://page.test/cart.ts', line: 3, column: 6 } }] }],
  });
});
