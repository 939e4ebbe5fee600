import { expect, test } from 'vitest';
import { InpactError } from '../../src/base/errors.ts';
import { failureOf } from '../../viewer/worker/failure-words.ts';
import { UnreadableFile } from '../../viewer/worker/unreadable-file.ts';

test.each([
  [
    'no trace',
    new InpactError('not-a-trace', 'a.json is not a Chrome trace', { hint: 'Give one.' }),
    ['a.json is not a Chrome trace', 'Give one.', false],
  ],
  [
    'zstd',
    new UnreadableFile('It is packed', 'Unpack it first.'),
    ['It is packed', 'Unpack it first.', false],
  ],
  [
    'no memory',
    new RangeError('Array buffer allocation failed'),
    [
      'The trace takes more memory than this page may have',
      '`inpact analyze` takes less of it, and can have more. (Array buffer allocation failed)',
      false,
    ],
  ],
  [
    'endless recursion, which is no want of memory',
    new RangeError('Maximum call stack size exceeded'),
    ['The analysis failed: Maximum call stack size exceeded', 'That is a fault of INPact’s.', true],
  ],
  ['what is no error', 'why', ['The analysis failed: why', 'That is a fault of INPact’s.', true]],
])('whatever ends an analysis is told, with what can be done about it: %s', (_, error, words) => {
  expect(Object.values(failureOf(error))).toEqual(words);
});
