import * as v from 'valibot';
import { InpactError } from '../../base/errors.ts';
import type { Comparison } from '../comparison.ts';
import { firstIssue } from './first-issue.ts';
import { comparisonSchema } from './schema-comparison.ts';

/**
 * Reads a comparison's file and checks it against the schema.
 * @throws {InpactError} `unreadable-file`, naming the first thing that is wrong.
 */
export function readComparison(json: string, file: string): Comparison {
  const text = v.pipe(v.string(), v.parseJson());
  const result = v.safeParse(v.pipe(text, comparisonSchema), json);
  if (result.success) return result.output;
  throw new InpactError(
    'unreadable-file',
    `${file} is not a comparison that this version can read: ${firstIssue(result.issues, 'the file')}`,
    { hint: 'Compare anew, or remove the file: the report then shows the recording alone.' },
  );
}
