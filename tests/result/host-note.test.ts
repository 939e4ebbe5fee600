import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { Load } from '../../src/result/load.ts';
import { hostNote } from '../../src/result/words/host-note.ts';
import type { Session } from '../../src/result/session.ts';
import { sampleSession } from '../support/sample-session.ts';

function sessionWith(...shares: readonly Load['integrity']['hostBusy'][]): Session {
  const session = sampleSession();
  const [load] = session.loads;
  const loads = shares.flatMap((hostBusy) =>
    load === undefined ? [] : [{ ...load, integrity: { ...load.integrity, hostBusy } }],
  );
  return { ...session, loads };
}

test('a machine that was busy through most loads is named, with how busy', () => {
  expect(hostNote(sessionWith(0.4, 0.97, 0.99))).toContain('97 % busy');
});

test.each([
  [0.79, undefined],
  [0.8, expect.stringContaining('80 % busy')],
])('a machine that was busy for %f of the time', (share, note) => {
  expect(hostNote(sessionWith(share))).toEqual(note);
});

test('one busy load among quiet ones is none to warn of', () => {
  expect(hostNote(sessionWith(0.4, 0.5, 0.99))).toBeUndefined();
});

test('a host whose load is not known is not called busy', () => {
  expect(hostNote(sessionWith(unavailable('load-failed')))).toBeUndefined();
  expect(hostNote(sessionWith())).toBeUndefined();
});
