import { expect, test } from 'vitest';
import { EXIT, type ExitCode, exitCodeOf } from '../../cli/exit-code.ts';
import type { ErrorCode } from '../../src/index.ts';

/** A new code does not compile until it is here. */
const EXPECTED: Readonly<Record<ErrorCode, ExitCode>> = {
  'bad-usage': 2,
  'bad-scenario': 2,
  'bad-budget': 2,
  'no-such-file': 3,
  'unreadable-file': 3,
  'not-a-trace': 3,
  'not-a-session': 3,
  'no-browser': 4,
  'no-python': 4,
  'browser-failed': 4,
  'server-unreachable': 4,
  'server-trace-unreachable': 4,
  'server-trace-too-large': 4,
  'port-taken': 4,
  'capture-failed': 4,
  'write-failed': 73,
};

test('every error has the exit code of its kind', () => {
  const codes = Object.keys(EXPECTED).filter((code): code is ErrorCode => code in EXPECTED);
  const actual = codes.map((code) => [code, exitCodeOf({ kind: 'failed', code })]);
  expect(Object.fromEntries(actual)).toEqual(EXPECTED);
});

test('other ends have theirs', () => {
  expect(exitCodeOf({ kind: 'done' })).toBe(0);
  expect(exitCodeOf({ kind: 'interrupted' })).toBe(130);
  expect(exitCodeOf({ kind: 'bug' })).toBe(70);
});

test.each([
  ['pass', 'report', 0],
  ['fail', 'report', 1],
  ['inconclusive', 'report', 5],
  ['inconclusive', 'pass', 0],
  ['inconclusive', 'fail', 1],
  ['pass', 'fail', 0],
  ['fail', 'pass', 1],
] as const)(
  'the verdict %s, where uncertainty is to be %s, is the code %i',
  (verdict, onInconclusive, code) => {
    expect(exitCodeOf({ kind: 'judged', verdict, onInconclusive })).toBe(code);
  },
);

test('no two meanings share a code', () => {
  const codes = Object.values(EXIT);
  expect(new Set(codes).size).toBe(codes.length);
});
