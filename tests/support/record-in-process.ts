import { launchBrowser, type OpenBrowser } from '../../src/capture/browser/browser.ts';
import { DEADLINES, type Deadlines } from '../../src/capture/deadlines.ts';
import { findChrome } from '../../src/capture/browser/find-chrome.ts';
import type { Scenario } from '../../src/capture/scenario/scenario.ts';
import { analyzeLoad } from '../../src/analyze.ts';
import { recordLoads } from '../../src/capture/session/record-loads.ts';
import type { AnalyzeLoad, SessionOrder } from '../../src/capture/session/session-order.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import { join } from 'node:path';
import type { Load } from '../../src/result/load.ts';
import { plainEnvironment } from './page-environment.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** So short that a matrix of faults is soon through, and longer than a busy machine needs for a good load. */
export const SHORT: Deadlines = {
  ...DEADLINES,
  navigationMs: 4_000,
  stepMs: 12_000,
  elementMs: 2_500,
  probeAfterMs: 1_500,
  answerMs: 2_500,
  callMs: 4_000,
  closeMs: 3_000,
  traceMs: 7_000,
};

export interface InProcess {
  readonly scenario: Scenario;
  /** By name: the variants' addresses. Each is loaded once, in this order. */
  readonly urls: Readonly<Record<string, string>>;
  readonly launched?: (open: OpenBrowser) => void;
  readonly change?: Partial<SessionOrder>;
}

/** Records loads in this process, one for each address. */
export async function recordInProcess({
  scenario,
  urls,
  launched,
  change,
}: InProcess): Promise<readonly Load[]> {
  const { path: chromePath } = await findChrome({ env: process.env });
  const folder = await temporaryFolder();
  const analyze: AnalyzeLoad = ({ traceFile, steps }) =>
    analyzeLoad({
      file: traceFile,
      bytes: readTrace(join(folder, traceFile)),
      steps,
      server: undefined,
      bootId: undefined,
    });
  const loads: Load[] = [];
  const recording = recordLoads({
    scenario,
    variants: Object.entries(urls).map(([name, url]) => ({ name, description: '', url })),
    plan: Object.keys(urls).map((variant, round) => ({ variant, round, warmUp: false })),
    repetitions: 1,
    folder,
    environment: await plainEnvironment(),
    hostCheck: 'off',
    allowedOrigins: [],
    deadlines: SHORT,
    async launch() {
      const isRoot = process.getuid?.() === 0;
      const open = await launchBrowser({ chromePath, headless: true, isRoot, report: () => undefined });
      launched?.(open);
      return open;
    },
    analyze,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...change,
  });
  for await (const load of recording) loads.push(load);
  return loads;
}
