/** The bytes that JSON is made of. */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const MINUS = 0x2d;
export const ZERO = 0x30;
export const NINE = 0x39;

/** What a byte means outside a string. Anything not named here is ordinary. */
export const KIND_QUOTE = 1;
export const KIND_OPEN = 2;
export const KIND_CLOSE = 3;
export const KIND_COLON = 4;
export const KIND_COMMA = 5;

export const KINDS: Uint8Array = kinds();

function kinds(): Uint8Array {
  const table = new Uint8Array(256);
  table[QUOTE] = KIND_QUOTE;
  table[OPEN_BRACE] = KIND_OPEN;
  table[OPEN_BRACKET] = KIND_OPEN;
  table[CLOSE_BRACE] = KIND_CLOSE;
  table[CLOSE_BRACKET] = KIND_CLOSE;
  table[COLON] = KIND_COLON;
  table[COMMA] = KIND_COMMA;
  return table;
}

export const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const UTF8 = new TextDecoder();

/** The bytes as text. Bytes that are no UTF-8 become U+FFFD: a trace is hostile input, not a reason to stop. */
export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  UTF8.decode(bytes.subarray(start, end));
