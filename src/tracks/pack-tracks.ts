import { packLabels, type PackedLabels, unpackLabels } from './pack-labels.ts';
import { LEAST_WITH_CPU_MS, type SpanColumns, type ThreadTrack, type Tracks } from './tracks.ts';
import { VarintReader, VarintWriter } from './varints.ts';

/** All but the columns, which follow it as bytes. */
type Head = Omit<Tracks, 'threads' | 'labels'> & {
  readonly labels: PackedLabels;
  readonly threads: readonly (Omit<ThreadTrack, 'spans'> & { readonly spanCount: number })[];
};

const HEAD_LENGTH_BYTES = 4;
const US_PER_MS = 1000;

/**
 * Tracks as bytes to be compressed: a head in JSON, then column after column of all threads, since what is alike
 * compresses best together. Starts count from the start before, depths from the deepest that may come next.
 */
export function packTracks(tracks: Tracks): Uint8Array<ArrayBuffer> {
  const { threads, labels, ...rest } = tracks;
  const head: Head = {
    ...rest,
    labels: packLabels(labels),
    threads: threads.map(({ spans, ...thread }) => ({ ...thread, spanCount: spans.startMs.length })),
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const columns = packedColumns(threads.map(({ spans }) => spans));
  const bytes = new Uint8Array(HEAD_LENGTH_BYTES + headBytes.length + columns.length);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, HEAD_LENGTH_BYTES);
  bytes.set(columns, HEAD_LENGTH_BYTES + headBytes.length);
  return bytes;
}

export function unpackTracks(bytes: Uint8Array): Tracks {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const headEnd = HEAD_LENGTH_BYTES + headLength;
  const { threads, labels, ...rest }: Head = JSON.parse(
    new TextDecoder().decode(bytes.subarray(HEAD_LENGTH_BYTES, headEnd)),
  );
  const spans = unpackedColumns(
    threads.map(({ spanCount }) => emptyColumns(spanCount)),
    new VarintReader(bytes, headEnd),
  );
  return {
    ...rest,
    labels: unpackLabels(labels),
    threads: threads.map(({ pid, tid, name, processName, role }, index) => ({
      pid,
      tid,
      name,
      processName,
      role,
      spans: spans[index] ?? emptyColumns(0),
    })),
  };
}

const microsecondsOf = (ms: number): number => Math.round(ms * US_PER_MS);

function packedColumns(all: readonly SpanColumns[]): Uint8Array {
  const writer = new VarintWriter();
  for (const { startMs } of all) writeStarts(writer, startMs);
  for (const { durationMs } of all) for (const ms of durationMs) writer.write(microsecondsOf(ms));
  for (const { depth } of all) writeDepths(writer, depth);
  for (const { label } of all) for (const number of label) writer.write(number);
  for (const columns of all) writeCpu(writer, columns);
  return writer.finish();
}

function writeStarts(writer: VarintWriter, startMs: Float64Array): void {
  let before = 0;
  for (const ms of startMs) {
    const start = microsecondsOf(ms);
    // A server's or an old event's start may lie before the trace's first: only ever the first of a thread.
    writer.write(zigzag(start - before));
    before = start;
  }
}

function writeDepths(writer: VarintWriter, depths: Uint16Array): void {
  let deepest = 0;
  for (const depth of depths) {
    writer.write(deepest - depth);
    deepest = depth + 1;
  }
}

/** Only of spans that may have one; 0 for none, else one more than what the wall time has over it. */
function writeCpu(writer: VarintWriter, { durationMs, cpuMs }: SpanColumns): void {
  for (const [index, ms] of durationMs.entries()) {
    const cpu = cpuMs[index] ?? -1;
    if (ms < LEAST_WITH_CPU_MS) continue;
    writer.write(cpu < 0 ? 0 : zigzag(microsecondsOf(ms) - microsecondsOf(cpu)) + 1);
  }
}

function unpackedColumns(all: readonly SpanColumns[], reader: VarintReader): readonly SpanColumns[] {
  for (const { startMs } of all) readStarts(reader, startMs);
  for (const { durationMs } of all) {
    for (let index = 0; index < durationMs.length; index++) durationMs[index] = reader.read() / US_PER_MS;
  }
  for (const { depth } of all) readDepths(reader, depth);
  for (const { label } of all) {
    for (let index = 0; index < label.length; index++) label[index] = reader.read();
  }
  for (const columns of all) readCpu(reader, columns);
  return all;
}

const emptyColumns = (count: number): SpanColumns => ({
  startMs: new Float64Array(count),
  durationMs: new Float64Array(count),
  cpuMs: new Float64Array(count).fill(-1),
  depth: new Uint16Array(count),
  label: new Uint32Array(count),
});

function readStarts(reader: VarintReader, startMs: Float64Array): void {
  let start = 0;
  for (let index = 0; index < startMs.length; index++) {
    start += unzigzag(reader.read());
    startMs[index] = start / US_PER_MS;
  }
}

function readDepths(reader: VarintReader, depths: Uint16Array): void {
  let deepest = 0;
  for (let index = 0; index < depths.length; index++) {
    const depth = deepest - reader.read();
    depths[index] = depth;
    deepest = depth + 1;
  }
}

function readCpu(reader: VarintReader, { durationMs, cpuMs }: SpanColumns): void {
  for (let index = 0; index < durationMs.length; index++) {
    const wall = durationMs[index] ?? 0;
    if (wall < LEAST_WITH_CPU_MS) continue;
    const value = reader.read();
    if (value > 0) cpuMs[index] = (microsecondsOf(wall) - unzigzag(value - 1)) / US_PER_MS;
  }
}

/** Whole numbers without a sign: 0, -1, 1, -2, … become 0, 1, 2, 3, … */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);
