/** Longer queries say nothing more of what they ask. */
const MAX_LENGTH = 2000;

/**
 * A query without the values in it: whatever is written as a literal is a `?`. What a query selects may be secret; how it does
 * so is what a reader needs.
 */
export function redactSql(sql: string): string {
  const bounded = sql.length > MAX_LENGTH ? `${sql.slice(0, MAX_LENGTH)}…` : sql;
  return bounded
    .replaceAll(COMMENTS, ' ')
    .replaceAll(STRINGS, '?')
    .replaceAll(NUMBERS, '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What an error says, without the values that it says it of. */
export const redactMessage = (message: string): string =>
  message.slice(0, MAX_LENGTH).replaceAll(QUOTED, '?').replaceAll(NUMBERS, '?');

const QUOTED = /"(?:[^"\\]|\\[\s\S])*(?:"|$)|(?<!\w)'(?:[^'\\]|\\[\s\S])*(?:'|$)|`[^`]*(?:`|$)/g;

const COMMENTS = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
/** Quoted by `'`, doubled or escaped inside; by `$$` in PostgreSQL; hexadecimal. A cut one goes to the end. */
const STRINGS = /(?:\b[xbenXBEN])?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)/g;
/** A number that is no part of a name, as in `table2` or `$1`. */
const NUMBERS = /(?<![\w$."`])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi;
