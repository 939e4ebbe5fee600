/** Longer queries say nothing more of what they ask. */
const MAX_LENGTH = 2000;

/**
 * A query without the values in it: whatever is written as a literal is a `?`. What a query selects may be secret; how it does
 * so is what a reader needs.
 */
export function redactSql(sql: string): string {
  const known = REDACTED.get(sql);
  if (known !== undefined) return known;
  const redacted = withoutLiterals(sql);
  if (REDACTED.size >= MOST_REMEMBERED) REDACTED.clear();
  REDACTED.set(sql, redacted);
  return redacted;
}

/** A server asks the same again and again. */
const REDACTED = new Map<string, string>();
const MOST_REMEMBERED = 500;

function withoutLiterals(sql: string): string {
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
