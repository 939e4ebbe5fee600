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
    .replaceAll(TOKENS, (_, comment?: string, name?: string) => (comment === undefined ? (name ?? '?') : ' '))
    .replaceAll(NUMBERS, '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What an error says, without the values that it says it of. */
export const redactMessage = (message: string): string =>
  message.slice(0, MAX_LENGTH).replaceAll(QUOTED, '?').replaceAll(NUMBERS, '?');

/** A backslash before a quote may escape it or not: then all that follows goes. */
const QUOTED = /"(?:[^"\\]|\\[^"])*"|(?<!\w)'(?:[^'\\]|\\[^'])*'|`[^`]*`|"[\s\S]*|(?<!\w)'[\s\S]*|`[\s\S]*/g;

/** What is read as a whole, so that no part of one is taken for another: a comment, a name, or one of several literals. */
const TOKENS = new RegExp(
  [
    /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    // Names, in quotes.
    /("(?:[^"\\]|""|\\[^"])*"(?!")|`[^`]*`)/,
    // PostgreSQL's: by `$$` or `$tag$`, and `E'…'`, in which alone a backslash escapes in every setting.
    /(?<![\w$])\$(?<tag>[\w\u0080-\uffff]*)\$[\s\S]*?(?:\$\k<tag>\$|$)/,
    /\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/,
    // Literals that end at one place, whether a backslash escapes (MySQL) or not (SQLite, PostgreSQL).
    /(?:\b[xbnXBN])?'(?:[^'\\]|''|\\[^'])*'(?!')/,
    // One character by the grammar of every dialect, so that this can't go on as an escaped quote would.
    /(?<=\b(?:escape|ESCAPE)\s*)'\\'(?!')/,
    // Where a literal ends depends on the dialect, which is unknown here, or it was cut: all that follows goes.
    /(?:\b[xbnXBN])?['"`][\s\S]*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
/** A number that is no part of a name, as in `table2` or `$1`. */
const NUMBERS = /(?<![\w$."`])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi;
