import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { analyzeLoad } from '../../src/analyze.ts';
import { InpactError } from '../../src/base/errors.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { analysisSchema } from '../../src/result/schema/schema.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { inChunks } from '../support/trace-bytes.ts';

/** Whatever the bytes are, these hold. Thrown with what does not. */
export class Violation extends Error {}

/**
 * Analyses bytes that may be anything, and holds the result against what is promised of every result.
 * @param chunkBytes If given, the same bytes in pieces of this size, and with them as the server's trace, must say the same.
 * @returns Whether they were taken for a trace.
 * @throws {Violation} Or whatever the analysis itself throws and should not.
 */
export async function examine(bytes: Uint8Array, chunkBytes: number | undefined): Promise<boolean> {
  // What the server says of itself is part of what the trace's interactions waited for.
  const whole = await resultOf(
    chunkBytes === undefined ? { bytes: [bytes] } : { bytes: [bytes], server: [bytes] },
  );
  if (chunkBytes !== undefined) {
    const inPieces = await resultOf({ bytes: inChunks(bytes, chunkBytes), server: [bytes] });
    if (!isDeepStrictEqual(inPieces?.trace, whole?.trace)) {
      throw new Violation(`In chunks of ${String(chunkBytes)} bytes it says something else`);
    }
    holdsOnlyJson(inPieces?.steps ?? []);
  }
  if (whole === undefined) return false;
  holdsOnlyJson(whole);
  fitsItsSchema(whole.trace);
  for (const interaction of whole.trace.interactions) {
    addsUp(interaction);
    chainAddsUp(interaction, whole.trace.requests.length);
  }
  timeAddsUp(whole.trace.cpuProfile);
  return true;
}

interface Input {
  readonly bytes: Iterable<Uint8Array>;
  readonly server?: Iterable<Uint8Array>;
}

/** Undefined for what is refused as no trace. Anything else that is thrown is a failure. */
async function resultOf({
  bytes,
  server,
}: Input): Promise<Awaited<ReturnType<typeof analyzeLoad>> | undefined> {
  try {
    return await analyzeLoad({
      file: 'trace.json',
      bytes,
      steps: ['step'],
      server: server && { file: 'server.json', bytes: server },
    });
  } catch (error) {
    if (error instanceof InpactError && error.code === 'not-a-trace') return undefined;
    throw error;
  }
}

/** Neither NaN nor infinity nor undefined: what is written is what is read back. */
function holdsOnlyJson(result: unknown): void {
  if (isJson(result)) return;
  const readBack: unknown = JSON.parse(JSON.stringify(result));
  if (!isDeepStrictEqual(readBack, result)) throw new Violation('The result is not what its JSON says.');
}

function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  return typeof value === 'object' && Object.values(value).every(isJson);
}

function fitsItsSchema(trace: unknown): void {
  const analysis = { schemaVersion: 1, kind: 'analysis', inpactVersion: '0', traces: [trace] };
  const { issues } = v.safeParse(analysisSchema, analysis, { abortEarly: true });
  const [issue] = issues ?? [];
  if (issue !== undefined) throw new Violation(`${v.getDotPath(issue) ?? ''}: ${issue.message}`);
}

/** To the rounding of each part. Beyond 2^53 µs a double has no microseconds, so its parts need not add up. */
function addsUp(interaction: Interaction): void {
  const { startMs, durationMs, inputDelayMs, processingDurationMs, presentationDelayMs } = interaction;
  const parts = [inputDelayMs, processingDurationMs, presentationDelayMs];
  if (parts.some((part) => part < 0)) throw new Violation(`A part is negative: ${parts.join(' ')}`);
  const rounding = 0.003 + (Math.abs(startMs) + durationMs) * 1e-12;
  const sum = inputDelayMs + processingDurationMs + presentationDelayMs;
  if (Math.abs(sum - durationMs) > rounding) throw new Violation(`${parts.join(' + ')} is not ${durationMs}`);
  for (const icp of [interaction.icpMs, interaction.icpFirstMs]) {
    if (!isUnavailable(icp) && icp < 0) throw new Violation(`Painted ${String(icp)} ms before the input`);
  }
}

/** To ICP where there is one, else to the interaction. */
function chainAddsUp({ chain, startMs, durationMs, icpMs }: Interaction, requestCount: number): void {
  const whole = isUnavailable(icpMs) ? durationMs : icpMs;
  const sum = chain.segments.reduce((all, segment) => all + segment.durationMs, 0);
  const rounding = 0.003 + (Math.abs(startMs) + whole) * 1e-12;
  if (Math.abs(sum - whole) > rounding) throw new Violation(`Its chain is ${sum} ms long, and not ${whole}`);
  for (const { request, durationMs: length, kind } of chain.segments) {
    if (length < 0) throw new Violation(`${kind} takes ${length} ms`);
    if (request !== null && !(request < requestCount)) throw new Violation(`There is no request ${request}`);
  }
}

const MOST_LISTED = 20;

/** Nowhere more than there was, and all of it where the lists are complete. */
function timeAddsUp(profile: TraceResult['cpuProfile']): void {
  if (isUnavailable(profile)) return;
  const { totalMs, functions, functionCount, activities } = profile;
  const listed = [...functions, ...activities];
  const self = listed.reduce((all, { selfMs }) => all + selfMs, 0);
  const rounding = 0.001 * (listed.length + 1) + totalMs * 1e-9;
  if (self > totalMs + rounding) throw new Violation(`${self} ms of self time in ${totalMs} ms`);
  const isComplete = functionCount === functions.length && activities.length < MOST_LISTED;
  if (isComplete && self < totalMs - rounding)
    throw new Violation(`Only ${self} ms of ${totalMs} ms are somebody's`);
}
