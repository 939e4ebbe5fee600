import { InpactError } from './base/errors.ts';
import { causesOf } from './insights/causes.ts';
import { type ServerSide, serverSide } from './insights/server-clock.ts';
import { describeSteps } from './result/describe/describe-steps.ts';
import { describeTrace } from './result/describe/describe-trace.ts';
import { redactUrl } from './redact/redact-url.ts';
import type { StepResult } from './result/load.ts';
import type { TraceResult } from './result/trace-result.ts';
import type { Locate, SourceMap } from './source-maps/source-maps.ts';
import { type Facts, gatherFacts, gatherServerFacts } from './timeline/facts.ts';
import { buildTracks } from './tracks/build-tracks.ts';
import type { Tracks } from './tracks/tracks.ts';
import type { EverySpan } from './timeline/threads/every-span.ts';
import { NotATrace } from './trace/scanner.ts';

/** The unpacked bytes of a trace, in pieces of any size. */
export type TraceBytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface TraceSource {
  /** What to call the trace in the result and in errors. */
  readonly file: string;
  readonly bytes: TraceBytes;
}

export interface AnalyzeOptions {
  /** Source maps, so that files, lines and names are the author's: some, or those that the trace holds itself. */
  readonly sourceMaps?: readonly SourceMap[] | 'inline';
  /** The trace that the page's server kept of itself. */
  readonly server?: TraceSource;
}

/**
 * Analyses one Chrome performance trace.
 * @throws {InpactError} `not-a-trace` if the bytes are none. A trace that was cut short gives a result that says so.
 */
export async function analyze(
  source: TraceSource,
  { sourceMaps = [], server }: AnalyzeOptions = {},
): Promise<TraceResult> {
  const facts = await orNotATrace(source, (bytes) =>
    gatherFacts(bytes, { withScriptMaps: sourceMaps === 'inline' }),
  );
  const names = await authorsNames(sourceMaps, facts);
  const result = describeTrace(source.file, facts, causesOf(facts, await sideOf(facts, server)));
  return names === undefined ? result : names.authored(result, names.locate);
}

/** Loaded when it is asked for: it takes a package with it. */
async function authorsNames(
  sourceMaps: readonly SourceMap[] | 'inline',
  facts: Facts,
): Promise<AuthorsNames | undefined> {
  const maps = sourceMaps === 'inline' ? inlineMaps(facts) : sourceMaps;
  if (maps.length === 0) return undefined;
  const [{ authored }, { locator }] = await Promise.all([
    import('./source-maps/author-result.ts'),
    import('./source-maps/source-maps.ts'),
  ]);
  return { authored, locate: locator(maps) };
}

interface AuthorsNames {
  readonly authored: (result: TraceResult, locate: Locate) => TraceResult;
  readonly locate: Locate;
}

/** By the addresses that the result shows. */
const inlineMaps = ({ scriptMaps }: Facts): readonly SourceMap[] =>
  scriptMaps.map(({ scriptUrl, map }) => ({ of: redactUrl(scriptUrl), map }));

export interface DrawnSource extends TraceSource {
  /** The trace that the server kept of itself, if it kept one. */
  readonly server?: TraceSource | undefined;
  /** As in `LoadSource`. */
  readonly bootId?: string | undefined;
  readonly sourceMaps?: AnalyzeOptions['sourceMaps'];
}

/** What a trace says, and the whole of it as it is drawn. */
export interface DrawnTrace {
  readonly trace: TraceResult;
  readonly tracks: Tracks;
}

/** Analyses a trace and keeps all that its threads did, in one pass. Takes three times the memory of `analyze`. */
export async function analyzeForDrawing({
  server,
  bootId,
  sourceMaps = [],
  ...source
}: DrawnSource): Promise<DrawnTrace> {
  const withScriptMaps = sourceMaps === 'inline';
  const facts = await orNotATrace(source, (bytes) =>
    gatherFacts(bytes, { withEverySpan: true, withScriptMaps }),
  );
  const names = await authorsNames(sourceMaps, facts);
  const side = await sideOf(facts, server, bootId);
  const trace = describeTrace(source.file, facts, causesOf(facts, side));
  return {
    trace: names === undefined ? trace : names.authored(trace, names.locate),
    tracks: buildTracks(facts, facts.everySpan ?? NO_SPANS, {
      server: side?.trace,
      authored: names?.locate,
    }),
  };
}

const NO_SPANS: EverySpan = { threads: [], names: [], userTimings: [] };

export interface LoadSource extends TraceSource {
  /** The scenario's steps, in order. */
  readonly steps: readonly string[];
  /** The trace that the server kept of itself, if it kept one. */
  readonly server: TraceSource | undefined;
  /** Of the machine that recorded the trace, where it has one: two programs with one boot id share a clock. */
  readonly bootId?: string | undefined;
}

/** Analyses the trace of one load of a scenario, step by step, with the server's own trace beside it. */
export async function analyzeLoad(
  source: LoadSource,
): Promise<{ readonly trace: TraceResult; readonly steps: readonly StepResult[] }> {
  const { steps } = source;
  const facts = await orNotATrace(source, (bytes) => gatherFacts(bytes, { steps }));
  const causes = causesOf(facts, await sideOf(facts, source.server, source.bootId));
  return {
    trace: describeTrace(source.file, facts, causes),
    steps: describeSteps(facts, steps, causes),
  };
}

async function sideOf(
  facts: Facts,
  source: TraceSource | undefined,
  bootId?: string,
): Promise<ServerSide | undefined> {
  return source && serverSide(facts, await orNotATrace(source, gatherServerFacts), bootId);
}

async function orNotATrace<T>(
  { file, bytes }: TraceSource,
  gather: (bytes: TraceBytes) => Promise<T>,
): Promise<T> {
  try {
    return await gather(bytes);
  } catch (error) {
    if (!(error instanceof NotATrace)) throw error;
    throw new InpactError('not-a-trace', `${file} is not a Chrome trace`, {
      hint: 'Give a JSON trace as DevTools, Puppeteer or chrome://tracing saves it, plain or gzipped.',
      cause: error,
    });
  }
}
