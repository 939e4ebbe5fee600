/** A profile's nodes, as columns, and where in the text their list ends. */
export interface NodeColumns {
  readonly ids: readonly number[];
  /** `NaN` for a root. */
  readonly parents: readonly number[];
  /** What `numberOf` made of each one's call frame. */
  readonly functions: readonly number[];
  /** Where the closing bracket stands. */
  readonly end: number;
}

/** How Chrome begins the arguments of a chunk with nodes. */
export const NODES_BEGIN = '{"data":{"cpuProfile":{"nodes":[';
const NODE_BEGINS = '{"callFrame":';
// In no string of JSON: the quotation mark in it would end the string, and no letter may follow that.
const ID_FOLLOWS = '},"id":';
const PARENT_FOLLOWS = ',"parent":';
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;

/**
 * Reads nodes as Chrome writes them without an object for each: there are tens of thousands, of a few thousand functions.
 * @param from Just after the list's opening bracket.
 * @param numberOf Undefined for what is no call frame.
 * @returns Undefined where anything is written differently: then the text is to be parsed as JSON.
 */
export function nodesIn(
  text: string,
  from: number,
  numberOf: (callFrame: string) => number | undefined,
): NodeColumns | undefined {
  const ids: number[] = [];
  const parents: number[] = [];
  const functions: number[] = [];
  for (let at = from; ; at++) {
    if (!text.startsWith(NODE_BEGINS, at)) return undefined;
    const frameEnd = text.indexOf(ID_FOLLOWS, at) + 1;
    const number = frameEnd === 0 ? undefined : numberOf(text.slice(at + NODE_BEGINS.length, frameEnd));
    const id = digitsAt(text, frameEnd + ID_FOLLOWS.length - 1);
    if (number === undefined || id === undefined) return undefined;
    at = id.end;
    const parent = text.startsWith(PARENT_FOLLOWS, at)
      ? digitsAt(text, at + PARENT_FOLLOWS.length)
      : { value: Number.NaN, end: at };
    if (parent === undefined || text.charCodeAt(parent.end) !== CLOSE_BRACE) return undefined;
    ids.push(id.value);
    parents.push(parent.value);
    functions.push(number);
    at = parent.end + 1;
    const next = text.charCodeAt(at);
    if (next === CLOSE_BRACKET) return { ids, parents, functions, end: at };
    if (next !== COMMA) return undefined;
  }
}

/** Fewer digits than a number of JSON may have, none of them a leading zero. */
function digitsAt(text: string, from: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  let end = from;
  for (; end - from < MOST_DIGITS; end++) {
    const digit = text.charCodeAt(end) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  return end === from || (text.charCodeAt(from) === ZERO && end > from + 1) ? undefined : { value, end };
}

const ZERO = 0x30;
const MOST_DIGITS = 15;
