import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { flagsOf, type OpenBrowser } from '../src/capture/browser/browser.ts';
import type { PageEnvironment } from '../src/capture/environment/page-environment.ts';
import type { RewriteTrace } from '../src/capture/load/trace-recorder.ts';
import type { AnalyzeLoad, SessionOrder } from '../src/capture/session/session-order.ts';
import { deadlinesOf } from '../src/capture/settings/build-environment.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import {
  analyzeLoad,
  type Environment,
  InpactError,
  type Redaction,
  type Session,
  type Shard,
  type TraceSource,
} from '../src/index.ts';
import { bootId } from '../src/node/boot-id.ts';
import { readTrace } from '../src/node/read-trace.ts';
import { redactTrace } from '../src/redact/redact-trace.ts';
import type { BrowserFinder } from './browser-finder.ts';
import { describeEnvironment } from './describe-recording.ts';
import { RUNS } from './runs.ts';

/** How many loads, and in which order: as the settings say, or one that nobody has chosen. */
export function planOf({ runs, warmUps, repetitions, seed, shard }: Settings): Session['plan'] {
  return {
    runs: runs ?? RUNS.record,
    warmUps,
    repetitions,
    seed: seed ?? randomInt(2 ** 31),
    ...(shard === undefined ? {} : { shard: shardOf(shard) }),
  };
}

/** `2/4`, whose form has been checked. */
function shardOf(text: string): Shard {
  const [index = 1, of = 1] = text.split('/').map(Number);
  if (index <= of) return { index, of };
  throw new InpactError('bad-usage', `There is no shard ${text}`, { hint: 'The last of four is 4/4.' });
}

/** Starts browsers, and says in what surroundings the first of them recorded. */
export function describedBrowsers(
  findBrowser: BrowserFinder,
  environment: PageEnvironment,
): { readonly launch: () => Promise<OpenBrowser>; readonly environment: () => Environment } {
  let described: Environment | undefined;
  return {
    launch: async () => {
      const open = await findBrowser.open();
      described ??= describeEnvironment(await open.browser.version(), flagsOf(open.browser), environment);
      return open;
    },
    environment: () => described ?? describeEnvironment('unknown', [], environment),
  };
}

/** Where loads are recorded, and in which browser. */
interface Place {
  readonly folder: string;
  readonly environment: PageEnvironment;
  readonly findBrowser: BrowserFinder;
}

/** What loads need to know, whether they are recorded or checked against the page. */
export const loadsOrder = (
  { folder, environment, findBrowser }: Place,
  { scenario, variants, injected }: Pick<SessionOrder, 'scenario' | 'variants' | 'injected'>,
  settings: Settings,
): Omit<SessionOrder, 'plan' | 'repetitions' | 'hostCheck' | 'launch' | 'onProgress' | 'signal'> => ({
  scenario,
  variants,
  ...(injected === undefined ? {} : { injected }),
  environment,
  folder,
  allowedOrigins: settings.allowOrigins,
  deadlines: deadlinesOf(settings),
  ...rewriteFor(settings.redact),
  analyze: analyzerOf(folder, findBrowser.isOurs),
});

/** What becomes of a trace before it is written: nothing secret reaches the disk. */
function rewriteFor(redaction: Redaction): { readonly rewriteTrace?: RewriteTrace } {
  return redaction === 'off' ? {} : { rewriteTrace: (bytes) => redactTrace(bytes, redaction) };
}

/** The analysis that recording leaves to its caller. */
const analyzerOf =
  (folder: string, isOwnBrowser: boolean): AnalyzeLoad =>
  ({ traceFile, serverTraceFile, steps }) => {
    const server = serverTraceFile === null ? undefined : sourceOf(folder, serverTraceFile);
    // A browser that was running already may be on any machine.
    const ownBoot = isOwnBrowser ? bootId() : undefined;
    return analyzeLoad({ ...sourceOf(folder, traceFile), steps, server, bootId: ownBoot });
  };

const sourceOf = (folder: string, file: string): TraceSource => ({
  file,
  bytes: readTrace(join(folder, file)),
});
