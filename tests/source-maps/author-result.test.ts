import { expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { authored } from '../../src/source-maps/author-result.ts';
import { locator } from '../../src/source-maps/source-maps.ts';
import type { CpuProfile, FunctionTime } from '../../src/result/cpu-result.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { scriptRequest, stackTop } from '../support/causes.ts';
import { traceResult } from '../support/loads.ts';
import { finding } from '../support/sample-findings.ts';
import { objectTrace } from '../support/trace-bytes.ts';
import { instant, mainThread, type TraceEvent } from '../support/trace-events.ts';

const MAP = {
  version: 3,
  sources: ['cart.ts'],
  names: ['addToCart'],
  // Column 10 of the first line is line 3, column 5 of the source.
  mappings: 'UAEKA',
};
const request = scriptRequest(10, 'a', { stack: [stackTop('a', 1, 11)] });

const analyzed = (
  sourceMaps: Parameters<typeof analyze>[1],
  {
    metadata = {},
    events = [],
  }: { readonly metadata?: TraceEvent; readonly events?: readonly TraceEvent[] } = {},
): Promise<TraceResult> =>
  analyze(
    {
      file: 'trace.json',
      bytes: [objectTrace([...mainThread, request, ...events], { after: { metadata } })],
    },
    sourceMaps,
  );

const initiator = ({ requests }: TraceResult): unknown => requests[0]?.initiator;

const DELIVERED = {
  type: 'script',
  url: 'https://page.test/app.js',
  line: 1,
  column: 11,
  functionName: 'a',
};
/** No map tells which function a line within it belongs to: the delivered name stays. */
const AUTHORED = { ...DELIVERED, url: 'https://page.test/cart.ts', line: 3, column: 6 };

test('the line that sent a request is the author’s', async () => {
  expect(initiator(await analyzed({ sourceMaps: [{ of: 'app.js.map', map: MAP }] }))).toEqual(AUTHORED);
});

test('without maps, or without one that fits, it stays as it was delivered', async () => {
  expect(initiator(await analyzed({}))).toEqual(DELIVERED);
  expect(initiator(await analyzed({ sourceMaps: [{ of: 'b.js.map', map: MAP }] }))).toEqual(DELIVERED);
});

const script = (ms: number, name: string, data: TraceEvent): TraceEvent =>
  instant(name, ms, { args: { data: { isolate: '1', scriptId: '4', ...data } } });
const URL = 'https://page.test/app.js';
const inline = `data:application/json;base64,${btoa(JSON.stringify(MAP))}`;

test.each<readonly [string, Parameters<typeof analyzed>[1]]>([
  ['in DevTools’ metadata', { metadata: { sourceMaps: [{ url: URL, sourceMap: MAP }] } }],
  ['as the address of the map', { events: [script(5, 'ScriptCatchup', { url: URL, sourceMapUrl: inline })] }],
  [
    'at the end of the script’s text',
    {
      events: [script(5, 'ScriptCatchup', { url: URL, sourceText: `a()\n//# sourceMappingURL=${inline}\n` })],
    },
  ],
  [
    'at the end of a long script’s last part, wherever that stands',
    {
      events: [
        script(7, 'LargeScriptCatchup', { splitIndex: 1, sourceText: inline.slice(20) }),
        script(6, 'LargeScriptCatchup', {
          splitIndex: 0,
          sourceText: `a()\n//# sourceMappingURL=${inline.slice(0, 20)}`,
        }),
        script(5, 'ScriptCatchup', { url: URL }),
      ],
    },
  ],
])('a trace may hold its own maps: %s', async (_, holds) => {
  expect(initiator(await analyzed({ sourceMaps: 'inline' }, holds))).toEqual(AUTHORED);
  expect(initiator(await analyzed({}, holds))).toEqual(DELIVERED);
});

const locate = (): ReturnType<Parameters<typeof authored>[1]> => ({
  url: 'https://page.test/cart.ts?k=secret',
  line: 3,
  column: 6,
  name: 'addToCart',
});

test('a profiled function has the author’s name too: its line is where it begins', () => {
  const one: FunctionTime = { functionName: 'a', url: URL, line: 1, column: 11, selfMs: 5, totalMs: 9 };
  const native: FunctionTime = {
    functionName: 'sort',
    url: '',
    selfMs: 1,
    totalMs: 1,
    line: { unavailable: 'native' },
    column: { unavailable: 'native' },
  };
  const phase = { busyMs: 5, functions: [one], activities: [] };
  const cpuProfile: CpuProfile = {
    totalMs: 9,
    sampleCount: 1,
    functionCount: 2,
    activities: [],
    urlCount: 0,
    urls: [],
    functions: [one, native],
    interactions: [
      { interactionId: 7, startMs: 0, inputDelay: phase, processing: phase, presentation: phase },
    ],
  };
  const result = authored(traceResult({ cpuProfile }), locate);
  const named = {
    ...one,
    functionName: 'addToCart',
    url: 'https://page.test/cart.ts?k=[6 characters]',
    line: 3,
    column: 6,
  };
  expect(result.cpuProfile).toMatchObject({
    functions: [named, native],
    interactions: [{ processing: { functions: [named] } }],
  });
});

test('what a finding points at in the page is the author’s, in the server it stays', () => {
  const place = { functionName: 'a', url: URL, line: 1, column: 11 };
  const found = finding({
    where: {
      ...finding().where,
      code: [
        { ...place, side: 'page' },
        { ...place, side: 'page', column: null },
        { ...place, side: 'server' },
      ],
    },
  });
  const { findings } = authored(
    traceResult({ findings: [found] }),
    locator([{ of: 'app.js.map', map: MAP }]),
  );
  expect(findings[0]?.where.code.map(({ url, line }) => [url, line])).toEqual([
    ['https://page.test/cart.ts', 3],
    [URL, 1],
    [URL, 1],
  ]);
});
