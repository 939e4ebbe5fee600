import * as v from 'valibot';

/**
 * The first thing that a check found wrong, and where: `limits.0.max: must be a number`.
 * @param whole What to call the place where all of it is wrong.
 */
export function firstIssue([issue]: readonly [v.BaseIssue<unknown>, ...unknown[]], whole: string): string {
  const places: string[] = [];
  let told = issue;
  for (let inner: v.BaseIssue<unknown> | undefined = issue; inner !== undefined; inner = innerOf(inner)) {
    told = inner;
    places.push(...[v.getDotPath(inner) ?? []].flat());
  }
  return `${places.length === 0 ? whole : places.join('.')}: ${told.message}`;
}

/** Where one of several forms was expected: what keeps it from the form that it is nearest to. */
const innerOf = ({ issues }: v.BaseIssue<unknown>): v.BaseIssue<unknown> | undefined =>
  issues?.find((issue) => v.getDotPath(issue)?.includes('.') === true);
