import { readTrace } from '../../src/node/read-trace.ts';
import {
  analyze,
  type Analysis,
  type AnalyzeOptions as AnalyzeTraceOptions,
  VERSION,
} from '../../src/index.ts';
import type { Io } from '../io.ts';
import { sourceMapsAt } from '../source-maps-at.ts';
import { jsonText } from '../output/json-text.ts';
import { traceText } from '../output/trace-text.ts';

export interface AnalyzeOptions {
  readonly json: boolean;
  /** A folder, or `inline` for those that the traces hold. */
  readonly sourceMaps?: string | undefined;
  /** The trace that the page's server kept of itself. */
  readonly serverTrace?: string | undefined;
}

/** Analyses traces one after the other, so that memory is bounded by the largest. */
export async function analyzeCommand(
  files: readonly string[],
  { json, sourceMaps: place, serverTrace }: AnalyzeOptions,
  io: Io,
): Promise<void> {
  const traces = [];
  const sourceMaps = await sourceMapsAt(place);
  for (const file of files) {
    io.signal.throwIfAborted();
    const result = await analyze({ file, bytes: readTrace(file) }, { sourceMaps, ...serverAt(serverTrace) });
    if (json) traces.push(result);
    else io.stdout(`${traceText(result)}\n`);
  }
  const analysis: Analysis = { schemaVersion: 1, kind: 'analysis', inpactVersion: VERSION, traces };
  if (json) io.stdout(jsonText(analysis));
}

const serverAt = (file: string | undefined): Pick<AnalyzeTraceOptions, 'server'> =>
  file === undefined ? {} : { server: { file, bytes: readTrace(file) } };
