import { describe, expect, test } from 'vitest';
import { InpactError } from '../../src/base/errors.ts';
import { readSession } from '../../src/result/schema/read-session.ts';
import { sampleSession } from '../support/sample-session.ts';

/** The error for a session file with this content. */
function refusal(json: string): InpactError {
  try {
    readSession(json, 'session.json');
  } catch (error) {
    if (error instanceof InpactError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

/** The sample with one value replaced: the first for which `isIt` holds. */
function sampleWith(isIt: (key: string, value: unknown) => boolean, replacement: unknown): string {
  let isDone = false;
  return JSON.stringify(sampleSession(), (key, value: unknown) => {
    if (isDone || !isIt(key, value)) return value;
    isDone = true;
    return replacement;
  });
}

const named = (wanted: string) => (key: string) => key === wanted;

test('a session that was written is read back as it was', () => {
  const session = sampleSession();
  expect(readSession(JSON.stringify(session), 'session.json')).toEqual(session);
});

describe('a session is refused', () => {
  test.each([
    ['another schema version', sampleWith(named('schemaVersion'), 2), 'schemaVersion'],
    ['an analysis', sampleWith(named('kind'), 'analysis'), 'kind'],
    ['a status that does not exist', sampleWith(named('status'), 'fine'), 'loads.0.status'],
    ['a figure as text', sampleWith(named('durationMs'), '16'), 'loads.0.trace.longTasks.tasks.0.durationMs'],
    ['a figure that is not one', sampleWith(named('icpMs'), null), 'loads.0.trace.interactions.0.icpMs'],
    [
      'a reason that does not exist',
      sampleWith(named('icpMs'), { unavailable: 'no-idea' }),
      'loads.0.trace.interactions.0.icpMs',
    ],
    ...['../other.json', '/etc/passwd', '..\\other.json', 'C:other.json', '..', ''].map(
      (file): [string, string, string] => [
        `a trace elsewhere (${file})`,
        sampleWith(named('traceFile'), file),
        'loads.0.traceFile',
      ],
    ),
    ['a part that is missing', sampleWith(named('integrity'), undefined), 'loads.0.integrity'],
    ['a number', '42', 'the file'],
    ['a list', '[]', 'schemaVersion'],
  ])('for %s, naming the place', (_, json, place) => {
    const error = refusal(json);
    expect(error.code).toBe('not-a-session');
    expect(error.message).toContain(`: ${place}: `);
    expect(error.hint).toMatch(/session\.json/);
  });

  test('that another version wrote, naming that one and the place inside of one form of several', () => {
    const block = { startMs: 1, durationMs: 60 };
    const old = { ...sampleSession(), inpactVersion: '0.0.9' };
    const json = JSON.stringify(old, (key, value: unknown) =>
      key === 'serverLoop' ? { blockedMs: 60, blocks: [block] } : value,
    );
    const error = refusal(json);
    expect(error.message).toMatch(/: loads\.0\.steps\.0\.serverLoop\.blocks\.0\.\w+: /);
    expect(error.hint).toBe('INPact 0.0.9 wrote it: read it with that version, or record again.');
  });

  test.each(['', '{"schemaVersion": 1', 'not JSON', '<html>'])('if it is no JSON, such as %j', (json) => {
    expect(refusal(json)).toMatchObject({ code: 'not-a-session', cause: expect.any(SyntaxError) });
  });
});
