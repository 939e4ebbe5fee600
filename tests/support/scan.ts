import type { Scan } from '../../src/trace/scan.ts';
import { Scanner } from '../../src/trace/scanner.ts';
import { inChunks } from './trace-bytes.ts';

/** What a row says, copied out of the scanner's cursor. */
export interface ScannedEvent {
  readonly name: string;
  readonly phase: string;
  readonly ts: number;
  readonly duration: number;
  readonly cpu: number;
  readonly pid: number;
  readonly tid: number;
  readonly asyncKey: string;
  readonly args: unknown;
}

export interface Scanned {
  readonly events: readonly ScannedEvent[];
  readonly scan: Scan;
}

/** What the scanner finds in these bytes. It watches `A` and `B` and `RunTask`. */
export function scanned(
  bytes: Uint8Array,
  {
    chunkBytes = 65_536,
    maxValueBytes,
  }: { readonly chunkBytes?: number; readonly maxValueBytes?: number } = {},
): Scanned {
  const watched = ['A', 'B', 'RunTask'];
  const events: ScannedEvent[] = [];
  const scanner = new Scanner(
    watched,
    (row, index) => {
      const { phase, ts, duration, cpu, pid, tid, asyncKey } = row;
      const name = watched[index] ?? 'unknown';
      events.push({ name, phase, ts, duration, cpu, pid, tid, asyncKey, args: row.args() });
    },
    { maxValueBytes },
  );
  for (const chunk of inChunks(bytes, chunkBytes)) scanner.push(chunk);
  return { events, scan: scanner.end(false) };
}
