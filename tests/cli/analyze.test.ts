import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import type { Analysis } from '../../src/index.ts';
import { analysisSchema } from '../../src/result/schema/schema.ts';
import { fakeIo } from '../support/fake-io.ts';
import { HOSTILE_NAMES, obeyed } from '../support/hostile-names.ts';
import { exchange } from '../support/exchange.ts';
import { contentfulPaint, interaction, rendering } from '../support/interactions.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { inpact } from '../support/spawned.ts';
import { blocked, served } from '../support/server-trace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { objectTrace } from '../support/trace-bytes.ts';
import { mainThread, PAGE, task, type TraceEvent } from '../support/trace-events.ts';

/** A click at 100 ms whose handler waits from 102 to 270 in a task of 180 ms, and whose frame is shown at 290. */
const CLICK: readonly TraceEvent[] = [
  ...mainThread,
  task(100, 180, { tdur: 20_000 }),
  task(300, 60, { tdur: 59_000 }),
  task(400, 12),
  ...interaction({ interactionId: 7, type: 'click', start: 100, processing: [102, 270], end: 290 }),
  rendering(90),
  rendering(271),
  ...contentfulPaint({ input: 100, modified: 269, painted: 275, presented: 290, nodeId: 5 }),
];

async function fileWith(content: string | Uint8Array, name = 'trace.json'): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function analyze(...args: readonly string[]): Promise<Run> {
  const io = fakeIo();
  const code = await run(['analyze', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

/** What `analyze --json` writes, checked against the schema that is published. */
async function analysisOf(...files: readonly string[]): Promise<Analysis> {
  const { code, out, err } = await analyze('--json', ...files);
  expect([code, err, commandsIn(out)]).toEqual([0, '', []]);
  return v.parse(analysisSchema, JSON.parse(out));
}

describe('analyze', () => {
  test('prints what a trace holds as a person reads it', async () => {
    const path = await fileWith(objectTrace(CLICK));
    const { code, out, err } = await analyze(path);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        path,
        `Main thread: process ${String(PAGE.pid)}, thread ${String(PAGE.tid)} (by tracing-started-in-browser)`,
        'Long tasks: 2, blocking 140.0 ms in all; longest task 180.0 ms',
        expect.stringMatching(/^INP: 190\.0 ms \(click at \d+\.0 ms\)$/),
      ]),
    );
    // The interaction with its parts and its ICP; the longer task with its wall and processor time first.
    expect(out).toMatch(/click #7 .*190\.0 ms .*2\.0 ms .*168\.0 ms .*20\.0 ms .*190\.0 ms/);
    expect(out).toMatch(/180\.0 ms .*20\.0 ms .*130\.0 ms[\s\S]*60\.0 ms .*59\.0 ms .*10\.0 ms/);
  });

  test('gives the same figures as JSON', async () => {
    const path = await fileWith(objectTrace(CLICK));
    const [trace] = (await analysisOf(path)).traces;
    expect(trace).toMatchObject({
      file: path,
      partial: false,
      mainThread: { pid: PAGE.pid, tid: PAGE.tid, how: 'tracing-started-in-browser' },
      longTasks: {
        count: 2,
        totalBlockingTimeMs: 140,
        longestMs: 180,
        tasks: [
          { durationMs: 180, cpuMs: 20, blockingMs: 130 },
          { durationMs: 60, cpuMs: 59, blockingMs: 10 },
        ],
      },
      interactions: [{ interactionId: 7, type: 'click', durationMs: 190, icpMs: 190 }],
      inp: {
        interactionId: 7,
        inputDelayMs: 2,
        processingDurationMs: 168,
        presentationDelayMs: 20,
      },
    });
  });

  test('says why there is no figure, and never 0', async () => {
    const path = await fileWith(objectTrace([]));
    expect((await analysisOf(path)).traces[0]).toMatchObject({
      mainThread: { unavailable: 'no-renderer-main-thread' },
      inp: { unavailable: 'no-interactions' },
      longTasks: { longestMs: { unavailable: 'no-tasks' } },
      paints: { firstContentfulPaintMs: { unavailable: 'not-recorded' } },
    });
    const { code, out } = await analyze(path);
    expect(code).toBe(0);
    expect(out).toContain('Main thread: unavailable (no-renderer-main-thread)');
    expect(out).toContain('INP: unavailable (no-interactions)');
  });

  test('reads packed and plain traces, several at once, into one JSON object in their order', async () => {
    const plain = await fileWith(objectTrace(CLICK), 'plain.json');
    const packed = await fileWith(gzipSync(objectTrace(CLICK)), 'packed.json.gz');
    const [first, second, ...others] = (await analysisOf(plain, packed)).traces;
    expect(others).toEqual([]);
    expect(first?.file).toBe(plain);
    expect({ ...second, file: plain }).toEqual(first);
  });

  test('prints several traces one after the other', async () => {
    const paths = [await fileWith(objectTrace(CLICK)), await fileWith(objectTrace([]))];
    const { out } = await analyze(...paths);
    expect(out.split('\n').filter((line) => paths.includes(line))).toEqual(paths);
  });

  test('marks a trace that was cut short as partial, in both outputs', async () => {
    const whole = objectTrace(CLICK);
    const path = await fileWith(whole.subarray(0, whole.length - 40));
    const [trace] = (await analysisOf(path)).traces;
    expect(trace).toMatchObject({ partial: { reason: 'cut-short' }, longTasks: { count: 2 } });
    const { code, out } = await analyze(path);
    expect(code).toBe(0);
    expect(out).toMatch(/^PARTIAL: the trace ends early \(cut-short\) at byte \d+/m);
  });

  test('marks a packed trace that was cut short as partial', async () => {
    const whole = gzipSync(objectTrace(CLICK));
    const path = await fileWith(whole.subarray(0, whole.length - 12), 'trace.json.gz');
    expect((await analysisOf(path)).traces[0]?.partial).not.toBe(false);
  });

  test('counts what it left out', async () => {
    const path = await fileWith(JSON.stringify({ traceEvents: [...CLICK, 5, 'x'] }));
    const { out } = await analyze(path);
    expect(out).toContain('Left out: 2 not-an-object.');
  });

  test('lists the slowest interactions and says how many more there are', async () => {
    const clicks = Array.from({ length: 20 }, (_, index) =>
      interaction({
        interactionId: index + 1,
        type: 'click',
        start: 1000 * index,
        processing: [1000 * index + 1, 1000 * index + 2],
        end: 1000 * index + 10 + index,
      }),
    ).flat();
    const { out } = await analyze(await fileWith(objectTrace([...mainThread, ...clicks])));
    expect(out).toContain('click #20');
    expect(out).not.toContain('click #8 ');
    expect(out).toContain('… and 8 more (--json lists all)');
  });
});

describe('analyze refuses', () => {
  test('a file that is not there, and says what to do', async () => {
    const { code, out, err } = await analyze('/nowhere/trace.json');
    expect([code, out]).toEqual([3, '']);
    expect(err).toBe(
      'Error: There is no file /nowhere/trace.json\n  Check the path; relative paths count from the folder that you are in.\n',
    );
  });

  test.each([
    ['nothing', ''],
    ['text', 'Dear diary'],
    ['another JSON', '{"loads": []}'],
    ['a number', '42'],
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['packed text', gzipSync('Dear diary')],
  ])('a file with %s in it', async (_, content) => {
    const { code, out, err } = await analyze(await fileWith(content));
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/^Error: .*is not a Chrome trace\n {2}Give a JSON trace/);
  });

  test('a folder', async () => {
    const path = join(await temporaryFolder(), 'traces');
    await mkdir(path);
    const { code, err } = await analyze(path);
    expect(code).toBe(3);
    expect(err).toContain('it is a folder');
  });

  test('as JSON with nothing on stdout, also when another file is good', async () => {
    const good = await fileWith(objectTrace(CLICK));
    const { code, out } = await analyze('--json', good, '/nowhere/trace.json');
    expect([code, out]).toEqual([3, '']);
  });

  test('to go on once it is interrupted', async () => {
    const interrupted = new AbortController();
    interrupted.abort();
    const io = fakeIo({ signal: interrupted.signal });
    expect(await run(['analyze', await fileWith(objectTrace(CLICK))], io)).toBe(130);
    expect(io.out()).toBe('');
  });
});

describe('what a page or a file is called', () => {
  test.each(HOSTILE_NAMES)('does not reach the terminal as it is: %j', async (name) => {
    const events = CLICK.map((event) => JSON.stringify(event).replaceAll('"click"', JSON.stringify(name)));
    const path = await fileWith(
      `[${events.join()}]`,
      `${name.replaceAll('/', '_').replaceAll('\0', '')}.json`,
    );
    const { code, out } = await analyze(path);
    expect(code).toBe(0);
    expect(out).toContain('INJECTED');
    expect(obeyed(out)).toEqual([]);
    expect(out).not.toMatch(/^INJECTED/m);
    expect((await analysisOf(path)).traces[0]?.interactions[0]?.type).toBe(name);
  });

  test.each(HOSTILE_NAMES)('does not reach the terminal in an error either: %j', async (name) => {
    const missing = await analyze(`/nowhere/${name.replaceAll('\0', '')}`);
    const unknown = await analyze(`--${name}`);
    expect([missing.code, unknown.code]).toEqual([3, 2]);
    for (const { err } of [missing, unknown]) {
      expect(err).toContain('INJECTED');
      expect(obeyed(err)).toEqual([]);
    }
    expect(missing.err).not.toMatch(/^INJECTED/m);
  });
});

test('the built program analyses a trace', async () => {
  const path = await fileWith(gzipSync(objectTrace(CLICK)), 'trace.json.gz');
  const { code, stdout, stderr } = await inpact(['analyze', '--json', path]);
  expect([code, stderr]).toEqual([0, '']);
  expect(v.parse(analysisSchema, JSON.parse(stdout)).traces[0]?.inp).toMatchObject({ durationMs: 190 });
});

test('the built program gives a script its exit code', async () => {
  const { code, stdout, stderr } = await inpact(['analyze', '/nowhere/trace.json']);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain('There is no file');
});

describe('with the trace of the page’s server', () => {
  const page = [...CLICK, ...exchange('list', { sent: 110, headers: 200, seen: 271, lastByte: 201 })];
  const server = [...served(120, 190, { path: '/list' }), blocked(112, 7)];

  test.each([
    ['plain', (bytes: Uint8Array) => bytes],
    ['packed', gzipSync],
  ])('%s, it says what that says', async (_, pack) => {
    const trace = await fileWith(objectTrace(page));
    const serverTrace = await fileWith(pack(objectTrace(server)), 'server.json');
    const [result] = (await analysisOf(trace, '--server-trace', serverTrace)).traces;
    expect(result?.serverClock).toMatchObject({ how: 'shared', evidence: 'inferred' });
    expect(result?.server).toMatchObject({
      requests: [{ request: 0, evidence: 'inferred' }],
      loopBlocks: [{ by: 'work' }],
    });
  });

  test('that is none, exits 3 and names it', async () => {
    const trace = await fileWith(objectTrace(page));
    const serverTrace = await fileWith('<html>', 'server.json');
    const { code, err } = await analyze(trace, '--server-trace', serverTrace);
    expect(code).toBe(3);
    expect(err).toContain('server.json is not a Chrome trace');
  });
});
