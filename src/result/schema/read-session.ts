import * as v from 'valibot';
import { type ErrorDetails, InpactError } from '../../base/errors.ts';
import { VERSION } from '../../base/version.ts';
import type { Session } from '../session.ts';
import { firstIssue } from './first-issue.ts';
import { sessionSchema } from './schema.ts';

/**
 * Reads a session file and checks it against the schema.
 * @throws {InpactError} `not-a-session`, naming the first thing that is wrong.
 */
export function readSession(json: string, file: string): Session {
  const value = parse(json, file);
  const result = v.safeParse(sessionSchema, value);
  if (result.success) return result.output;
  const why = firstIssue(result.issues, 'the file');
  const writer = v.safeParse(writtenBy, value);
  throw writer.success && writer.output.inpactVersion !== VERSION
    ? notASession(file, why, {
        hint: `INPact ${writer.output.inpactVersion} wrote it: read it with that version, or record again.`,
      })
    : notASession(file, why);
}

/** What every session says of itself, whatever version wrote it. */
const writtenBy: v.GenericSchema<unknown, Pick<Session, 'kind' | 'inpactVersion'>> = v.object({
  kind: v.literal('session'),
  inpactVersion: v.string(),
});

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw notASession(file, 'it is not JSON', { cause });
  }
}

const notASession = (file: string, why: string, details: ErrorDetails = {}): InpactError =>
  new InpactError('not-a-session', `${file} is not a session that this version can read: ${why}`, {
    hint: 'Give the folder or the session.json that `inpact record` or `inpact demo` wrote.',
    ...details,
  });
