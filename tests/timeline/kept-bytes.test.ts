import { expect, test } from 'vitest';
import { KeptBytes } from '../../src/timeline/cpu/kept-bytes.ts';

test('bytes stay as they were, however many they are and whatever becomes of where they came from', () => {
  const kept = new KeptBytes();
  const lengths = [3, 300_000, 300_000, 2_000_000, 0, 5];
  const pieces = lengths.map((length, index) => {
    const bytes = new Uint8Array(length).fill(index + 1);
    const piece = kept.keep(bytes);
    bytes.fill(0);
    return piece;
  });
  const read = pieces.map(({ block, from, to }) => block.subarray(from, to));
  expect(read.map(({ length }) => length)).toEqual(lengths);
  expect(read.map((bytes, index) => bytes.every((byte) => byte === index + 1))).not.toContain(false);
});
