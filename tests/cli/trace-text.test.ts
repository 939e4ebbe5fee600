import { describe, expect, test } from 'vitest';
import { traceText } from '../../cli/output/trace-text.ts';
import { analyze, type CpuProfile, type TraceResult } from '../../src/index.ts';
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
});
