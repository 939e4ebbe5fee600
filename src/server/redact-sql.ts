/** Longer queries say nothing more of what they ask. */
const MAX_LENGTH = 2000;

/**
 * A query without the values in it: whatever is written as a literal is a `?`. What a query selects may be secret; how it does
 * so is what a reader needs.
 */
export function redactSql(sql: string): string {
  // Before it is remembered: an insertion of a thousand rows is another each time, and a megabyte.
  const bounded = sql.length > MAX_LENGTH ? `${sql.slice(0, MAX_LENGTH)}…` : sql;
  const known = REDACTED.get(bounded);
  if (known !== undefined) return known;
  const redacted = withoutLiterals(bounded);
  if (REDACTED.size >= MOST_REMEMBERED) REDACTED.clear();
  REDACTED.set(bounded, redacted);
  return redacted;
}

/** A server asks the same again and again. */
const REDACTED = new Map<string, string>();
const MOST_REMEMBERED = 500;

function withoutLiterals(sql: string): string {
  /** What is in double quotes. Its place in this list stands for it meanwhile, so that nothing in it is read as SQL. */
  const quoted: string[] = [];
  const bare = sql
    .replaceAll(TOKENS, (_, comment?: string, inDoubles?: string, inBackticks?: string) => {
      if (comment !== undefined) return ' ';
      return inDoubles === undefined ? (inBackticks ?? '?') : `"${String(quoted.push(inDoubles) - 1)}"`;
    })
    .replaceAll(NUMBERS, '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const areNames = haveNamesIn(bare);
  return bare.replaceAll(/"(\d+)"/g, (_, at: string) => (areNames ? (quoted[Number(at)] ?? '?') : '?'));
}

/**
 * Whether double quotes are around names here, and not around strings as in MySQL: one of them stands where the grammar of no
 * dialect takes a string. Where none does they may be strings.
 */
const haveNamesIn = (bare: string): boolean =>
  NAMES_A_TABLE.test(bare) || (FROM_A_TABLE.test(bare) && !FROM_A_STRING.test(bare));

const NAMES_A_TABLE = /"\d+"\s*\.|\.\s*"\d+"|\b(?:join|into|update|table)\s+"\d+"/i;
const FROM_A_TABLE = /\bfrom\s+"\d+"/i;
/** In these `FROM` is followed by what they work on. */
const FROM_A_STRING = /\b(?:trim|extract|substr|substring|mid|overlay)\s*\(/i;

/** What an error says, without the values that it says it of. */
export const redactMessage = (message: string): string =>
  message.slice(0, MAX_LENGTH).replaceAll(QUOTED, '?').replaceAll(NUMBERS, '?');

/** A backslash before a quote may escape it or not: then all that follows goes. */
const QUOTED = /"(?:[^"\\]|\\[^"])*"|(?<!\w)'(?:[^'\\]|\\[^'])*'|`[^`]*`|"[\s\S]*|(?<!\w)'[\s\S]*|`[\s\S]*/g;

/** What is read as a whole, so that no part of one is taken for another: a comment, a name, or one of several literals. */
const TOKENS = new RegExp(
  [
    /(--(?:[^\S\n][^\n]*|(?=\n|$))|\/\*(?:(?!\/\*|\*\/)[\s\S])*(?:\*\/|$)|(?:#|--)[^\n'"`$/]*(?=\n|$))/,
    // Names, in quotes; in MySQL the double ones are strings.
    /("(?:[^"\\]|""|\\[^"])*"(?!"))|(`[^`]*`)/,
    // PostgreSQL's: by `$$` or `$tag$`, and `E'…'`, in which alone a backslash escapes in every setting.
    /(?<![\w$])\$(?<tag>[\w\u0080-\uffff]*)\$[\s\S]*?(?:\$\k<tag>\$|$)/,
    /\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/,
    // Literals that end at one place, whether a backslash escapes (MySQL) or not (SQLite, PostgreSQL).
    /(?:\b[xbnXBN])?'(?:[^'\\]|''|\\[^'])*'(?!')/,
    // One character by the grammar of every dialect, so that this can't go on as an escaped quote would.
    /(?<=\b(?:escape|ESCAPE)\s*)'\\'(?!')/,
    // Where a literal or a comment ends depends on the dialect, which is unknown here, or it was cut: all that follows goes.
    // Comments nest in PostgreSQL; `#` begins one in MySQL, and `--` does there before a blank only.
    /(?:\b[xbnXBN])?['"`][\s\S]*|(?:\/\*|#|--)[\s\S]*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
/** A number that is no part of a name, as in `table2` or `$1`. */
const NUMBERS =
  /(?<![\w$."`])-?(?:0[xob][\da-f_]+|(?:\d[\d_]*(?:\.[\d_]+)?|\.\d[\d_]*)(?:e[+-]?[\d_]+)?)\b/gi;
