import * as v from 'valibot';

/**
 * The first thing that a check found wrong, and where: `limits.0.max: must be a number`.
 * @param whole What to call the place where all of it is wrong.
 */
export function firstIssue([issue]: readonly [v.BaseIssue<unknown>, ...unknown[]], whole: string): string {
  return `${v.getDotPath(issue) ?? whole}: ${issue.message}`;
}
