import { readTrace } from '../../src/node/read-trace.ts';
import { analyze, type Analysis, VERSION } from '../../src/index.ts';
import type { Io } from '../io.ts';
import { traceText } from '../output/trace-text.ts';

export interface AnalyzeOptions {
  readonly json: boolean;
}

/** Analyses traces one after the other, so that memory is bounded by the largest. */
export async function analyzeCommand(
  files: readonly string[],
  { json }: AnalyzeOptions,
  io: Io,
): Promise<void> {
  const traces = [];
  for (const file of files) {
    io.signal.throwIfAborted();
    const result = await analyze({ file, bytes: readTrace(file) });
    if (json) traces.push(result);
    else io.stdout(`${traceText(result)}\n`);
  }
  const analysis: Analysis = { schemaVersion: 1, kind: 'analysis', inpactVersion: VERSION, traces };
  if (json) io.stdout(`${JSON.stringify(analysis, null, 1)}\n`);
}
