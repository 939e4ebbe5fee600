import { describe, expect, test } from 'vitest';
import { traceText } from '../../cli/output/trace-text.ts';
import { analyze, type CpuProfile, type TraceResult } from '../../src/index.ts';
import { HOSTILE_NAMES, obeyed } from '../support/hostile-names.ts';
import { finding } from '../support/sample-findings.ts';
import { objectTrace } from '../support/trace-bytes.ts';
import { mainThread, task } from '../support/trace-events.ts';

const quiet = (): Promise<TraceResult> =>
  analyze({ file: 'quiet.json', bytes: [objectTrace([...mainThread, task(0, 5)])] });

const profile: CpuProfile = {
  totalMs: 120,
  sampleCount: 1_000,
  functionCount: 2,
  functions: [
    {
      functionName: '',
      url: `https://shop.example/${'deep/'.repeat(20)}app.js`,
      line: 7,
      column: 1,
      selfMs: 80,
      totalMs: 90,
    },
    {
      functionName: '\u001B]0;sort\u0007',
      url: '',
      line: { unavailable: 'native' },
      column: { unavailable: 'native' },
      selfMs: 10,
      totalMs: 10,
    },
  ],
  activities: [],
  urlCount: 0,
  urls: [],
  interactions: [],
};

describe('the text of a trace', () => {
  test('says nothing of frames, reflows and functions where there are none', async () => {
    const text = traceText(await quiet());
    expect(text).not.toMatch(/animation frames|Forced reflows|Function/);
  });

  test('lists the functions that took most, by the end of their address', async () => {
    const text = traceText({ ...(await quiet()), cpuProfile: profile });
    expect(text).toMatch(/\(anonymous\) +│ …[^│]*app\.js:7 │ +80\.0 ms/);
    expect(text).toContain(String.raw`\x1b]0;sort\x07`);
  });

  test('names the line of the longest forced reflow', async () => {
    const result = await quiet();
    const worst = {
      kind: 'layout',
      startMs: 1,
      durationMs: 31,
      url: 'https://shop.example/list.js',
      line: 12,
      functionName: 'measure',
      lineFrom: 'stack',
      dirtiedBy: { unavailable: 'not-recorded' },
    } as const;
    const text = traceText({
      ...result,
      forcedReflows: { count: 3, totalMs: 40, nestedCount: 3, nestedMs: 40, worst: [worst] },
    });
    expect(text).toContain(
      'Forced reflows: 3, 40.0 ms in all; the longest 31.0 ms by measure (https://shop.example/list.js:12)',
    );
  });

  test('says what users waited for, where, and how sure that is', async () => {
    const text = traceText({
      ...(await quiet()),
      findings: [finding(), finding({ id: 'serial-requests', evidence: 'guessed' })],
    });
    expect(text).toContain(
      "    150 ms  A synchronous query ran on the server's event loop (proven), interaction #7\n",
    );
    expect(text).toContain(
      'report (shop/routes.ts:50) · “SELECT * FROM orders WHERE id = ?” · docs/insights/synchronous-query-on-event-loop.md',
    );
    expect(text).toContain('(guessed)');
  });

  test('cuts a long list of findings, but not what is wrong and takes no time', async () => {
    const many = Array.from({ length: 8 }, () => finding());
    const wrong = finding({ id: 'not-awaited', title: 'Never awaited', explainsMs: 0 });
    const text = traceText({ ...(await quiet()), findings: [...many, wrong] });
    expect(text.match(/ 150 ms /g)).toHaveLength(5);
    expect(text).toContain('Never awaited');
    expect(text).toContain('… and 3 more');
  });

  test('names what could not be looked at, and what failed', async () => {
    const text = traceText({
      ...(await quiet()),
      insights: [
        { id: 'not-awaited', status: 'unavailable', reason: 'no-server-trace' },
        { id: 'forced-reflow', status: 'unavailable', reason: 'no-interactions' },
        { id: 'serial-requests', status: 'failed', message: 'x is \u001B[31mundefined' },
      ],
    });
    expect(text).toContain('Not known (no-server-trace): not-awaited\n');
    expect(text).not.toContain('Not known (no-interactions)');
    expect(text).toContain(
      String.raw`The insight serial-requests failed, which is a bug of INPact's: x is \x1b[31mundefined`,
    );
  });

  test.each(HOSTILE_NAMES)('obeys no name that a server or a page gave: %j', async (name) => {
    const { where } = finding();
    const code = where.code.map((place) => ({ ...place, functionName: name, url: `/srv/${name}` }));
    const places = [
      { ...where, code },
      { ...where, code: [], sql: name },
      { ...where, code: [], sql: null, serverName: name },
    ];
    const text = traceText({
      ...(await quiet()),
      findings: places.map((place) => finding({ where: place })),
    });
    expect(obeyed(text)).toEqual([]);
  });
});
