import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPython } from '../../fixtures/django/python.ts';
import type { LabResult } from '../../fixtures/django/tables.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { median } from '../../src/base/median.ts';
import type { InsightFinding } from '../../src/index.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import type { Session } from '../../src/result/session.ts';
import { sessionIn, stepOf } from '../support/session-files.ts';
import { blockedMs, readServerEvents, type ServerBlock } from '../support/server-events.ts';
import { reasonToSkip } from '../support/without-python.ts';

const MAIN = join(import.meta.dirname, '../../fixtures/django/main.ts');
const PATTERNS = ['list-all-allowed', 'bulk-update-not-awaited', 'compute'];
const QUERY_ON_LOOP = 'synchronous-query-on-event-loop';

const python = await findPython(process.env);

let folder = '';
let result: LabResult;
let session: Session;
let among8: Session;
let printed = '';

const loadsOf = (form: string): readonly Load[] => session.loads.filter(({ variant }) => variant === form);
const stepsOf = (form: string, pattern: string): readonly StepResult[] =>
  loadsOf(form).map((load) => stepOf(load, pattern));
const findingsOf = (form: string, pattern: string, id: string): readonly InsightFinding[] =>
  stepsOf(form, pattern).flatMap(({ findings }) => findings.filter((finding) => finding.id === id));
const serverEventsOf = ({ serverTraceFile }: Load, clients: number): ReturnType<typeof readServerEvents> =>
  readServerEvents(join(folder, `clients-${String(clients)}`, serverTraceFile ?? ''));
/** What the pattern's own requests did that held the server's loop. */
const blocksOf = async (form: string, pattern: string): Promise<readonly ServerBlock[]> => {
  const events = await Promise.all(loadsOf(form).map((load) => serverEventsOf(load, 1)));
  return events.flatMap(({ blocks }) => blocks).filter(({ path }) => path === `/api/${pattern}/${form}`);
};

describe.skipIf(python === undefined)(`the Django lab${reasonToSkip(python)}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inpact-django-'));
    const args = ['--patterns', PATTERNS.join(','), '--clients', '1,8', '--runs', '3', '--warm-ups', '0'];
    const ended = spawnSync(process.execPath, [MAIN, ...args, '--seed', '7', '-o', folder], {
      encoding: 'utf8',
    });
    if (ended.status !== 0) throw new Error(ended.stderr);
    printed = ended.stdout;
    session = await sessionIn(join(folder, 'clients-1'));
    among8 = await sessionIn(join(folder, 'clients-8'));
    result = JSON.parse(await readFile(join(folder, 'lab.json'), 'utf8'));
  }, 400_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('records valid loads, and says where its reports are', () => {
    expect(session.loads.map(({ problems }) => problems)).toEqual(Array.from({ length: 6 }, () => []));
    expect(printed).toContain(`Report: ${join(folder, 'clients-1', 'report.html')}`);
    for (const column of [
      'DOM operations',
      'reflows',
      'paint cost',
      'loop blocked',
      'INP',
      'ICP',
      'verdict',
    ]) {
      expect(printed).toContain(column);
    }
  });

  test('names the synchronous query by file, line and SQL', () => {
    const findings = findingsOf('wrong', 'list-all-allowed', QUERY_ON_LOOP);
    expect(findings).toHaveLength(3);
    for (const { where } of findings) {
      expect(where.sql).toMatch(/^SELECT "auth_user"."id".* FROM "auth_user"$/);
      const [place] = where.code;
      expect(place).toMatchObject({ side: 'server', functionName: 'list_all_allowed' });
      expect(place?.url).toMatch(/site\/lab\/wrong\.py$/);
      expect(place?.line).toBeGreaterThan(1);
    }
  });

  test('has no such finding of the asynchronous form, and no block of its loop by anything that ran on it', async () => {
    expect(findingsOf('right', 'list-all-allowed', QUERY_ON_LOOP)).toEqual([]);
    expect((await blocksOf('right', 'list-all-allowed')).filter(({ kind }) => kind !== 'unknown')).toEqual(
      [],
    );
  });

  test('finds the blocked time that the view itself measured, within 5 ms', () => {
    const differences = stepsOf('wrong', 'list-all-allowed').map(({ findings, requests: [request] }) => {
      const found = findings.find(({ id }) => id === QUERY_ON_LOOP)?.explainsMs ?? Number.NaN;
      return found - (request?.serverTiming.find(({ name }) => name === 'view')?.durationMs ?? Number.NaN);
    });
    expect(Math.abs(median(differences))).toBeLessThanOrEqual(5);
  });

  test('finds the time for which others blocked the loop before a request, as the server’s own trace has it, within 5 ms', async () => {
    const waits: number[] = [];
    const differences: number[] = [];
    for (const load of among8.loads.filter(({ variant }) => variant === 'wrong')) {
      const { interaction, requests } = stepOf(load, 'compute');
      const [request] = requests;
      if (isUnavailable(interaction) || request === undefined) throw new Error(`${load.id} has no click.`);
      const parent = request.serverTiming.find(({ name }) => name === 'traceparent')?.description;
      const events = await serverEventsOf(load, 8);
      const served = events.requests.find(({ id }) => id === parent?.split('-')[2]);
      const sentUs = (load.trace?.firstEventUs ?? Number.NaN) + request.startMs * 1000;
      const measured = blockedMs(events, sentUs, served?.startUs ?? Number.NaN);
      const found = interaction.chain.segments
        .filter(({ kind }) => kind === 'serverQueue')
        .reduce((sum, { durationMs }) => sum + durationMs, 0);
      differences.push(Math.abs(found - measured));
      waits.push(measured);
    }
    expect(median(differences)).toBeLessThanOrEqual(5);
    // Seven others compute on the loop: whoever comes waits for some of them.
    expect(Math.max(...waits)).toBeGreaterThan(10);
  });

  test('blames no database for a view that computes', async () => {
    expect(findingsOf('wrong', 'compute', QUERY_ON_LOOP)).toEqual([]);
    const blocks = await blocksOf('wrong', 'compute');
    expect(blocks.length).toBeGreaterThan(0);
    expect(new Set(blocks.map(({ kind, by }) => `${kind} ${by}`))).toEqual(new Set(['python compute']));
  });

  test('sees that the update that was not awaited changed nothing, and says where it is', () => {
    const changed = result.outcomes
      .filter(({ pattern }) => pattern === 'bulk-update-not-awaited')
      .map(({ form, status, changedRows }) => [form, status, changedRows]);
    expect(changed).toEqual([
      ['wrong', 200, 0],
      ['right', 200, 500],
    ]);
  });

  test('measures everything in its table', () => {
    for (const row of result.measured) {
      const { ping, bottleneck, clients, pattern, form, ...figures } = row;
      const missing = Object.entries(figures).filter(([, figure]) => isUnavailable(figure));
      expect([pattern, form, clients, missing]).toEqual([pattern, form, clients, []]);
      expect(isUnavailable(bottleneck)).toBe(false);
      expect(ping).toHaveProperty('count');
    }
  });

  test('judges each claim with the figures', () => {
    const judged = result.claims.filter(({ held }) => held !== 'not measured');
    expect(judged.map(({ claim, held }) => [claim, held])).toContainEqual([
      'A forgotten `await` before `aupdate` fails.',
      'did not hold',
    ]);
  });
});
