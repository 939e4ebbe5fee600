import { expect, test } from 'vitest';
import { analyze, analyzeLoad } from '../src/analyze.ts';
import { InpactError } from '../src/base/errors.ts';
import { interaction } from './support/interactions.ts';
import { bytesOf, inChunks, objectTrace } from './support/trace-bytes.ts';
import { loopBlocked, mainThread, step, task } from './support/trace-events.ts';

const click = interaction({ interactionId: 7, type: 'click', start: 10, processing: [15, 40], end: 64 });
const page = objectTrace([...mainThread, ...step(0, 5, 200), task(12, 60), ...click]);

test('bytes become a result', async () => {
  const result = await analyze({ file: 'trace.json', bytes: inChunks(page, 100) });
  expect(result).toMatchObject({
    file: 'trace.json',
    partial: false,
    longTasks: { count: 1 },
    inp: { interactionId: 7, durationMs: 54 },
  });
});

test("a load's trace gives its steps, with the server's blocks beside them", async () => {
  // Both ran on one machine, so that their clock is one.
  const bootId = 'one';
  const metadata = { 'inpact-server': { version: 1, agent: 'node', droppedEvents: 0, bootId } };
  const kept = objectTrace([loopBlocked(20, 100, 'sqlite')], { after: { metadata } });
  const server = { file: 'server.json', bytes: [kept] };
  const source = { file: 'trace.json', bytes: [page], steps: ['click'], server, bootId };
  const { trace, steps } = await analyzeLoad(source);
  expect(trace.interactions).toHaveLength(1);
  expect(steps).toMatchObject([
    { step: 'click', interaction: { durationMs: 54 }, serverLoop: { blocks: [{ name: 'sqlite' }] } },
  ]);
});

test("what is no trace is an error of the user's, which names the file and says what to give", async () => {
  const refused = analyze({ file: 'notes.txt', bytes: [bytesOf('hello')] });
  await expect(refused).rejects.toBeInstanceOf(InpactError);
  await expect(refused).rejects.toMatchObject({
    code: 'not-a-trace',
    message: expect.stringContaining('notes.txt'),
    hint: expect.stringContaining('JSON trace'),
  });
});

test("a server's trace that is none is named", async () => {
  const server = { file: 'server.json', bytes: [bytesOf('<html>')] };
  const refused = analyzeLoad({ file: 'trace.json', bytes: [page], steps: [], server });
  await expect(refused).rejects.toMatchObject({
    code: 'not-a-trace',
    message: expect.stringContaining('server.json'),
  });
});

test("an error of the source is none of the trace's", async () => {
  const broken = new Error('the disk is on fire');
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield page.subarray(0, 50);
    await Promise.reject(broken);
  }
  await expect(analyze({ file: 'trace.json', bytes: bytes() })).rejects.toBe(broken);
});

async function* slowly(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (const chunk of inChunks(bytes, 50)) {
    await Promise.resolve();
    yield chunk;
  }
}

test('two analyses at once do not mix', async () => {
  const other = objectTrace([...mainThread, task(0, 500)]);
  const [first, second] = await Promise.all([
    analyze({ file: 'a', bytes: slowly(page) }),
    analyze({ file: 'b', bytes: slowly(other) }),
  ]);
  expect(first).toEqual(await analyze({ file: 'a', bytes: [page] }));
  expect(second).toEqual(await analyze({ file: 'b', bytes: [other] }));
});
