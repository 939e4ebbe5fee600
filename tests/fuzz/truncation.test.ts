import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { InpactError } from '../../src/base/errors.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bytesOf } from '../support/trace-bytes.ts';
import { readSeeds } from './seeds.ts';

/** Cut from a recorded fixture: the click that asks the server. */
const events = readSeeds().find(({ name }) => name.startsWith('click-fetch'))?.events ?? [];
const METADATA = ',"metadata":{"clock-domain":"LINUX_CLOCK_MONOTONIC"}}';

/** What a trace says besides how it was read, with the number of events that it was read from. */
function said(result: TraceResult | 'no trace'): unknown {
  if (result === 'no trace') return result;
  return { ...result, partial: undefined, clock: undefined, events: result.events.read };
}

async function resultOf(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<TraceResult | 'no trace'> {
  try {
    return await analyze({ file: 'trace.json', bytes });
  } catch (error) {
    if (error instanceof InpactError && error.code === 'not-a-trace') return 'no trace';
    throw error;
  }
}

/** What the first so many events say by themselves. */
const prefixes: readonly Promise<unknown>[] = [...events, ''].map(async (_, count) =>
  said(await resultOf([bytesOf(`[${events.slice(0, count).join(',')}]`)])),
);

interface Form {
  readonly bytes: Uint8Array;
  /** Where each event ends. */
  readonly ends: readonly number[];
}

function form(before: string, after: string): Form {
  const ends: number[] = [];
  let text = before;
  for (const event of events) {
    text += `${ends.length === 0 ? '' : ',\n'}${event}`;
    ends.push(Buffer.byteLength(text));
  }
  return { bytes: bytesOf(text + after), ends };
}

const objectForm = form('{"traceEvents":[', `]${METADATA}`);
const arrayForm = form('[', ']');

/** What a trace says that ends at a byte: what its whole events say. */
const expectedAt = ({ ends }: Form, end: number): Promise<unknown> | undefined =>
  prefixes[ends.filter((eventEnd) => eventEnd <= end).length];

describe('a recorded trace that ends at any byte says what its whole events say', () => {
  test.each([
    ['object', objectForm, '{"traceEvents":['.length],
    ['array', arrayForm, 1],
  ])(
    'in the %s form',
    async (name, whole, opened) => {
      for (let end = opened; end < whole.bytes.length; end++) {
        const result = await resultOf([whole.bytes.subarray(0, end)]);
        expect(said(result), `cut at ${String(end)}`).toEqual(await expectedAt(whole, end));
        const isBetween =
          name === 'array' && (end === opened || whole.ends.some((at) => end - at >= 0 && end - at <= 2));
        if (!isBetween)
          expect(result, `cut at ${String(end)}`).toMatchObject({ partial: { reason: 'cut-short' } });
      }
    },
    120_000,
  );

  test('gzipped, and never more than was in the part that is left', async () => {
    const packed = gzipSync(objectForm.bytes);
    const path = join(await temporaryFolder(), 'cut.json.gz');
    let readBefore = 0;
    for (let end = 1; end < packed.length; end++) {
      await writeFile(path, packed.subarray(0, end));
      const result = await resultOf(readTrace(path));
      const read = result === 'no trace' ? 0 : result.events.read;
      expect(read, `cut at ${String(end)}`).toBeGreaterThanOrEqual(readBefore);
      if (result !== 'no trace') {
        expect(said(result), `cut at ${String(end)}`).toEqual(await prefixes[read]);
        // Of a trace that is said to be whole, nothing but the checksum and the mark before it may be missing.
        if (result.partial === false) expect(end).toBeGreaterThanOrEqual(packed.length - 10);
      }
      readBefore = read;
    }
    expect(readBefore).toBe(events.length);
  }, 120_000);
});
