import * as v from 'valibot';
import { InpactError } from '../../base/errors.ts';
import type { Session } from '../session.ts';
import { firstIssue } from './first-issue.ts';
import { sessionSchema } from './schema.ts';

/**
 * Reads a session file and checks it against the schema.
 * @throws {InpactError} `not-a-session`, naming the first thing that is wrong.
 */
export function readSession(json: string, file: string): Session {
  const result = v.safeParse(sessionSchema, parse(json, file));
  if (result.success) return result.output;
  throw notASession(file, firstIssue(result.issues, 'the file'));
}

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw notASession(file, 'it is not JSON', cause);
  }
}

const notASession = (file: string, why: string, cause?: unknown): InpactError =>
  new InpactError('not-a-session', `${file} is not a session that this version can read: ${why}`, {
    hint: 'Give the folder or the session.json that `inpact record` or `inpact demo` wrote.',
    cause,
  });
