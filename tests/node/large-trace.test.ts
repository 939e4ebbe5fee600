import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import { numberIn } from '../../src/trace/json.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';

interface Maker {
  readonly makeLargeTrace: (options: {
    readonly source: string;
    readonly target: string;
    readonly megabytes: number;
  }) => Promise<void>;
}
// The scripts are plain JavaScript, which the compiler does not look into from here.
const { makeLargeTrace } = await vi.importActual<Maker>('../../scripts/make-large-trace.mjs');

const ROOT = join(import.meta.dirname, '../..');
const RECORDED = join(ROOT, 'bench/recorded/lab.json.gz');
const MEGABYTES = 150;
/** How much smaller the trace is that it is compared with. */
const TIMES = 10;

let folder = '';
const plain = (): string => join(folder, 'large.json');
const packed = (): string => join(folder, 'large.json.gz');
const small = (): string => join(folder, 'small.json');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inpact-large-trace-'));
  await makeLargeTrace({ source: RECORDED, target: plain(), megabytes: MEGABYTES });
  await makeLargeTrace({ source: RECORDED, target: packed(), megabytes: MEGABYTES });
  await makeLargeTrace({ source: RECORDED, target: small(), megabytes: MEGABYTES / TIMES });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const analyzed = (file: string): Promise<TraceResult> => analyze({ file: 'trace', bytes: readTrace(file) });

test('a tiled trace holds the recorded one again and again, plain and packed', async () => {
  const [recorded, large] = [await analyzed(RECORDED), await analyzed(plain())];
  const tiles = large.interactions.length / recorded.interactions.length;
  expect(tiles).toBeGreaterThan(MEGABYTES / 4);
  expect(tiles).toBe(Math.round(tiles));
  expect(large.longTasks.count).toBe(tiles * Number(recorded.longTasks.count));
  expect(large.partial).toBe(false);
  expect(await analyzed(packed())).toEqual(large);
}, 120_000);

/** Analyses a file in a process of its own, so that nothing else counts, and says what memory that took at most, and what processor time. */
const CHILD = `
  import { readFileSync } from 'node:fs';
  import { analyze } from './src/analyze.ts';
  import { readTrace } from './src/node/read-trace.ts';
  await analyze({ file: 'trace', bytes: readTrace(process.argv[1]) });
  const [, kilobytes] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ kilobytes: Number(kilobytes), microseconds: user + system }));
`;

async function used(file: string): Promise<{ readonly megabytes: number; readonly microseconds: number }> {
  const args = ['--no-warnings', '--input-type=module', '--eval', CHILD, file];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  const found: unknown = JSON.parse(stdout);
  const [kilobytes = Number.NaN, microseconds = Number.NaN] = [
    numberIn(found, 'kilobytes'),
    numberIn(found, 'microseconds'),
  ];
  return { megabytes: (kilobytes * 1024) / 1e6, microseconds };
}

/** What Node's heap grows by once it has something to do, whatever the trace's size. */
const HEADROOM_MB = 50;

test.skipIf(process.platform !== 'linux')(
  'memory grows by little more than 0.4 MB for each MB of the trace, plain and packed',
  async () => {
    const atRest = (await used(RECORDED)).megabytes;
    const limit = atRest + HEADROOM_MB + (0.4 * (await stat(plain())).size) / 1e6;
    expect((await used(plain())).megabytes).toBeLessThan(limit);
    expect((await used(packed())).megabytes).toBeLessThan(limit);
  },
  120_000,
);

test.skipIf(process.platform !== 'linux')(
  'ten times the trace takes no more than eleven times the processor time',
  async () => {
    const { microseconds } = await used(small());
    expect((await used(plain())).microseconds).toBeLessThan(microseconds * TIMES * 1.1);
  },
  120_000,
);
