import { expect, test } from 'vitest';
import { InpactError } from '../../src/base/errors.ts';

test('an error says what, what to do, and what it comes from', () => {
  const cause = new Error('EACCES');
  const error = new InpactError('write-failed', 'a.json can’t be written', { hint: 'Make room.', cause });
  expect(error).toMatchObject({ name: 'InpactError', code: 'write-failed', hint: 'Make room.', cause });
  expect(error).toBeInstanceOf(Error);
});

test('an error that comes from nothing has no cause', () => {
  expect('cause' in new InpactError('not-a-trace', 'a.json is not a trace')).toBe(false);
});
