// The fast path of the scanner, in AssemblyScript: reads whole, well-formed events from the bytes of a trace, sixteen or
// sixty-four at a time. Compiled to fast-scan-wasm.ts by scripts/build-fast-scan.mjs, which is to be run after a change.
//
// It understands a part of what scanner.ts does and stops before anything else: white space and commas between the events
// aside, an escape in a key or a name, a number of more than fifteen digits as a timestamp, an event that is damaged or
// goes on beyond the bytes. The plain path then reads on from there. So whatever it does take, both take in the same way.

export { addArgKey, addFirstItem, prepareArgs, prepareTexts, readArgs, textNumber } from './fast-args';

// Memory, from the start: the state, the table of names, the records, the spans, what fast-args.as needs, the scanner's buffer.

/** Where the scanner's buffer begins: places in records count from there. */
let base: usize = 0;
/** Just after the bytes that have arrived. */
let limit: usize = 0;
let slots: usize = 0;
let slotMask: u32 = 0;
let records: usize = 0;
let maxRecords: u32 = 0;
/** The index of names that are not in the table, and of an event without one: -1 where nobody asks for these. */
let others: i32 = -1;
/** Of the names with a smaller index, complete events are written as spans. */
let spanNames: u32 = 0;
let spans: usize = 0;
let maxSpans: u32 = 0;
/** An event that is larger is left to the plain path. */
let maxEventBytes: usize = 0;

export let recordCount: u32 = 0;
export let spanCount: u32 = 0;
export let readCount: u32 = 0;
/** Smallest and largest timestamp, as EventReader keeps them. */
export let firstTs: f64 = NaN;
export let lastTs: f64 = NaN;

/** Set by `skipString`: there was a backslash in it. */
let sawEscape: bool = false;
/** Set by `readNumber`. */
let numberEnd: usize = 0;

// One record: where the twelve values of fields.ts begin, where they end, five of them as numbers, the name's number.
const FIELDS: usize = 12;
const ENDS: usize = FIELDS * 4;
const NUMBERS: usize = 2 * ENDS;
const NAME_INDEX: usize = NUMBERS + 5 * 8;
/** As RECORD_BYTES in records.ts. */
const RECORD_BYTES: usize = NAME_INDEX + 8;

/** One span: `ts`, `dur`, `tdur`, `pid`, `tid`, the name's number. As in spans.ts. */
const SPAN_BYTES: usize = 6 * 8;

// As in fields.ts.
const NAME: usize = 0;
const CAT: usize = 1;
const PH: usize = 2;
const TS: usize = 3;
const DUR: usize = 4;
const TDUR: usize = 5;
const PID: usize = 6;
const TID: usize = 7;
const ID: usize = 8;
const ID2: usize = 9;
const SCOPE: usize = 10;
const ARGS: usize = 11;
const OTHER: usize = 12;

/** Below MAX_KEYS in fields.ts. */
const MAX_KEYS: u32 = 60;
/** As in fast-scan.ts: how far beyond the bytes that have arrived may be read. */
const SENTINEL_BYTES: usize = 64;
/** What functions return that look for the end of something and find none that they understand. */
const NONE: usize = 0;

export function prepare(
  bufferBase: usize,
  tableBase: usize,
  tableMask: u32,
  recordBase: usize,
  recordCapacity: u32,
  largestEvent: usize,
): void {
  base = bufferBase;
  slots = tableBase;
  slotMask = tableMask;
  records = recordBase;
  maxRecords = recordCapacity;
  maxEventBytes = largestEvent;
}

// A slot: address of the name's bytes (0 where free), length, index.
const SLOT_BYTES: usize = 12;

export function addName(address: usize, length: u32, index: u32): void {
  let slot = hashOf(address, length) & slotMask;
  while (load<u32>(slots + <usize>slot * SLOT_BYTES) != 0) slot = (slot + 1) & slotMask;
  const at = slots + <usize>slot * SLOT_BYTES;
  store<u32>(at, <u32>address);
  store<u32>(at, length, 4);
  store<u32>(at, index, 8);
}

export function prepareSpans(spanBase: usize, spanCapacity: u32, nameCount: u32): void {
  spans = spanBase;
  maxSpans = spanCapacity;
  spanNames = nameCount;
}

export function handOnOthers(index: i32): void {
  others = index;
}

/** The first and the last eight bytes tell nearly all of Chrome's names apart. */
export function hashOf(start: usize, length: u32): u32 {
  let head = load<u64>(start);
  let tail: u64 = 0;
  if (length < 8) head &= (<u64>1 << (<u64>length * 8)) - 1;
  else tail = load<u64>(start + length - 8);
  const mixed = (head ^ rotl<u64>(tail, 23) ^ length) * 0x9e3779b97f4a7c15;
  return <u32>(mixed >> 32);
}

/** The watched name's index, or that of the others. */
function findName(start: usize, length: u32): i32 {
  let slot = hashOf(start, length) & slotMask;
  while (true) {
    const at = slots + <usize>slot * SLOT_BYTES;
    const address = <usize>load<u32>(at);
    if (address == 0) return others;
    if (load<u32>(at, 4) == length && memory.compare(address, start, length) == 0) return load<i32>(at, 8);
    slot = (slot + 1) & slotMask;
  }
}

/**
 * Reads events from `from` on, between the brackets of a list of events.
 * @returns Where it stopped: before the first byte that it did not understand, the list's end for example.
 * It may have stopped because there is no more room for records or spans.
 */
export function scan(from: usize, end: usize): usize {
  limit = end;
  recordCount = 0;
  spanCount = 0;
  // What follows the bytes is no space, digit or letter, so that the loops over these need not look for the end.
  memory.fill(end, 0, SENTINEL_BYTES);
  let at = from;
  while (recordCount < maxRecords && spanCount < maxSpans) {
    at = skipSeparators(at);
    if (at >= end || load<u8>(at) != 0x7b) return at;
    const after = readEvent(at);
    if (after == NONE) return at;
    at = after;
  }
  return at;
}

function skipSeparators(from: usize): usize {
  let at = from;
  while (at < limit && (isSpace(load<u8>(at)) || load<u8>(at) == 0x2c)) at++;
  return at;
}

// @ts-ignore: decorator
@inline
function isSpace(byte: u8): bool {
  return byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
}

// @ts-ignore: decorator
@inline
function skipSpace(from: usize): usize {
  let at = from;
  while (isSpace(load<u8>(at))) at++;
  return at;
}

/** @returns Where the event ends that begins at `start`, or `NONE`. */
function readEvent(start: usize): usize {
  const record = records + <usize>recordCount * RECORD_BYTES;
  clear(record);
  let phase: u8 = 0;
  let nameEscaped: bool = false;
  let keys: u32 = 0;
  let at = start + 1;
  while (true) {
    at = skipSpace(at);
    if (at >= limit || load<u8>(at) != 0x22 || ++keys > MAX_KEYS) return NONE;
    const field = fieldAt(at + 1);
    at = keyEnd;
    if (at == NONE) return NONE;
    at = skipSpace(at);
    if (load<u8>(at) != 0x3a) return NONE;
    at = skipSpace(at + 1);
    if (at >= limit) return NONE;

    const valueStart = at;
    const first = load<u8>(at);
    if (first == 0x22) {
      at = skipString(at + 1);
      if (field == PH) {
        if (at - valueStart != 3) return NONE;
        phase = load<u8>(valueStart + 1);
      } else if (field == NAME) nameEscaped = sawEscape;
    } else if (first == 0x7b || first == 0x5b) {
      at = skipNested(at);
    } else {
      const number = readNumber(at);
      at = numberEnd;
      if (at == valueStart) return NONE;
      if (field >= TS && field <= TID) store<f64>(record + NUMBERS + (field - TS) * 8, number);
    }
    if (at == NONE || at >= limit) return NONE;
    // Of two of the same name the last counts, also where the first was a number and it is none.
    if (field >= TS && field <= TID && (first == 0x22 || first == 0x7b || first == 0x5b)) {
      store<f64>(record + NUMBERS + (field - TS) * 8, NaN);
    }
    if (field == PH && first != 0x22) return NONE;
    if (field != OTHER) {
      store<u32>(record + field * 4, <u32>(valueStart - base));
      store<u32>(record + field * 4 + ENDS, <u32>(at - base));
    }

    let next = load<u8>(at);
    if (next != 0x2c && next != 0x7d) {
      at = skipSpace(at);
      if (at >= limit) return NONE;
      next = load<u8>(at);
    }
    at++;
    if (next == 0x2c) continue;
    if (next != 0x7d) return NONE;
    break;
  }
  if (phase == 0 || at - start > maxEventBytes) return NONE;

  const ts = load<f64>(record + NUMBERS);
  let index: i32 = -1;
  const nameStart = <usize>load<u32>(record);
  if (nameStart == 0) {
    index = others;
  } else {
    if (nameEscaped) return NONE;
    const quote = base + nameStart;
    if (load<u8>(quote) == 0x22) {
      index = findName(quote + 1, load<u32>(record, ENDS) - <u32>nameStart - 2);
    }
  }
  const isSpan = <u32>index < spanNames && phase == 0x58;
  if (isSpan && !isWholeSpan(record)) return NONE;
  // From here on the event is taken. One that is metadata needs no timestamp.
  if (phase != 0x4d) {
    if (isNaN(ts)) return NONE;
    // Chrome writes some asynchronous events at 0, which is not when they happened: `B`, `E`, `I`, `X`, `i` are none.
    if (ts != 0 || phase == 0x42 || phase == 0x45 || phase == 0x49 || phase == 0x58 || phase == 0x69) {
      if (!(ts >= firstTs)) firstTs = ts;
      if (!(ts <= lastTs)) lastTs = ts;
    }
  }
  readCount++;
  if (isSpan) {
    writeSpan(record, index);
  } else if (index != -1) {
    store<i32>(record, index, NAME_INDEX);
    recordCount++;
  }
  return at;
}

/** Whether all numbers of a span were read: a process that is called by a word, for example, is none. */
function isWholeSpan(record: usize): bool {
  if (isNaN(load<f64>(record, NUMBERS + (DUR - TS) * 8))) return false;
  if (isNaN(load<f64>(record, NUMBERS + (PID - TS) * 8))) return false;
  if (isNaN(load<f64>(record, NUMBERS + (TID - TS) * 8))) return false;
  return load<u32>(record, TDUR * 4) == 0 || !isNaN(load<f64>(record, NUMBERS + (TDUR - TS) * 8));
}

function writeSpan(record: usize, index: i32): void {
  const span = spans + <usize>spanCount * SPAN_BYTES;
  memory.copy(span, record + NUMBERS, 5 * 8);
  store<f64>(span, <f64>index, 5 * 8);
  spanCount++;
}

function clear(record: usize): void {
  const zero = i64x2.splat(0);
  v128.store(record, zero, 0);
  v128.store(record, zero, 16);
  v128.store(record, zero, 32);
  v128.store(record, zero, 48);
  v128.store(record, zero, 64);
  v128.store(record, zero, 80);
  const nan = f64x2.splat(NaN);
  v128.store(record, nan, NUMBERS);
  v128.store(record, nan, NUMBERS + 16);
  store<f64>(record, NaN, NUMBERS + 32);
}

/** Set by `fieldAt`: just after the key's closing quote, or `NONE`. */
let keyEnd: usize = 0;

/** Which field the key is whose first letter stands at `at`. Compares with letters read as one number, the quote included. */
function fieldAt(at: usize): usize {
  const four = load<u32>(at);
  keyEnd = at + 4;
  if (four == 0x22646970) return PID; // pid"
  if (four == 0x22646974) return TID; // tid"
  if (four == 0x22746163) return CAT; // cat"
  if (four == 0x22727564) return DUR; // dur"
  if (four == 0x22326469) return ID2; // id2"
  if (four == 0x22737474) return OTHER; // tts"
  keyEnd = at + 3;
  const three = four & 0xffffff;
  if (three == 0x227374) return TS; // ts"
  if (three == 0x226870) return PH; // ph"
  if (three == 0x226469) return ID; // id"
  if (load<u8>(at, 4) == 0x22) {
    keyEnd = at + 5;
    if (four == 0x73677261) return ARGS;
    if (four == 0x656d616e) return NAME;
    if (four == 0x72756474) return TDUR;
  } else if (four == 0x706f6373 && load<u16>(at, 4) == 0x2265) {
    keyEnd = at + 6;
    return SCOPE;
  }
  keyEnd = skipString(at);
  if (sawEscape) keyEnd = NONE;
  return OTHER;
}

/** @returns Just after the closing quote of the string whose inside begins at `from`, or `NONE`. */
function skipString(from: usize): usize {
  let at = from;
  sawEscape = false;
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  while (at < limit) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += ctz<i32>(found);
    if (at >= limit) return NONE;
    if (load<u8>(at) == 0x22) return at + 1;
    sawEscape = true;
    at += 2;
  }
  return NONE;
}

/** @returns Just after the object or list that begins at `from`, or `NONE`. Kinds of brackets are not told apart. */
function skipNested(from: usize): usize {
  if (load<u16>(from) == 0x7d7b) return from + 2;
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const open = i8x16.splat(0x7b);
  const close = i8x16.splat(0x7d);
  // What `{` differs in from `[`, and `}` from `]`.
  const kind = i8x16.splat(0x20);
  let depth: i32 = 0;
  /** All bits set while the block begins inside a string. */
  let inString: u64 = 0;
  /** Lowest bit set while the block's first byte is escaped. */
  let carry: u64 = 0;
  for (let at = from; at < limit; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let quotes = bits(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote));
    const ak = v128.or(a, kind);
    const bk = v128.or(b, kind);
    const ck = v128.or(c, kind);
    const dk = v128.or(d, kind);
    let opens = bits(i8x16.eq(ak, open), i8x16.eq(bk, open), i8x16.eq(ck, open), i8x16.eq(dk, open));
    let closes = bits(i8x16.eq(ak, close), i8x16.eq(bk, close), i8x16.eq(ck, close), i8x16.eq(dk, close));
    const ae = i8x16.eq(a, backslash);
    const be = i8x16.eq(b, backslash);
    const ce = i8x16.eq(c, backslash);
    const de = i8x16.eq(d, backslash);
    let strings: u64;
    if (carry == 0 && !v128.any_true(v128.or(v128.or(ae, be), v128.or(ce, de)))) {
      strings = insideOf(quotes) ^ inString;
    } else {
      let backslashes = bits(ae, be, ce, de) & ~carry;
      let escaped = carry;
      let escaping: u64 = 0;
      carry = 0;
      while (backslashes != 0) {
        const first = backslashes & -backslashes;
        escaping |= first;
        escaped |= first << 1;
        if (first >> 63 != 0) carry = 1;
        backslashes &= ~(first | (first << 1));
      }
      quotes &= ~escaped;
      strings = insideOf(quotes) ^ inString;
      // Outside strings a backslash escapes nothing.
      if ((escaping & ~strings) != 0) return NONE;
    }
    inString = <u64>(<i64>strings >> 63);
    if (limit - at < 64) {
      const arrived = ((<u64>1) << <u64>(limit - at)) - 1;
      opens &= arrived;
      closes &= arrived;
    }
    opens &= ~strings;
    closes &= ~strings;
    const fewest = depth - <i32>popcnt<u64>(closes);
    if (fewest > 0) {
      depth = fewest + <i32>popcnt<u64>(opens);
      continue;
    }
    let brackets = opens | closes;
    while (brackets != 0) {
      const lowest = brackets & -brackets;
      if ((opens & lowest) != 0) depth++;
      else if (--depth == 0) return at + <usize>ctz<u64>(lowest) + 1;
      brackets ^= lowest;
    }
  }
  return NONE;
}

// @ts-ignore: decorator
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>i8x16.bitmask(a) |
    (<u64>i8x16.bitmask(b) << 16) |
    (<u64>i8x16.bitmask(c) << 32) |
    (<u64>i8x16.bitmask(d) << 48)
  );
}

/** For each bit, whether the number of bits set up to it is odd: of quotes, what is inside strings. */
// @ts-ignore: decorator
@inline
function insideOf(quotes: u64): u64 {
  let inside = quotes ^ (quotes << 1);
  inside ^= inside << 2;
  inside ^= inside << 4;
  inside ^= inside << 8;
  inside ^= inside << 16;
  return inside ^ (inside << 32);
}

/**
 * Reads a number, or any other word. Its end is left in `numberEnd`.
 * @returns `NaN` for one that plain digits, with a point among them, do not give exactly.
 */
function readNumber(from: usize): f64 {
  let at = from;
  let value: u64 = 0;
  const eight = load<u64>(at);
  if (areDigits(eight)) {
    value = eightDigits(eight);
    at += 8;
  }
  let digit = <u32>load<u8>(at) - 0x30;
  while (digit <= 9) {
    value = value * 10 + digit;
    digit = <u32>load<u8>(++at) - 0x30;
  }
  let digits = at - from;
  let result: f64 = digits == 0 || digits > 15 ? NaN : <f64>value;
  if (load<u8>(at) == 0x2e && digits != 0) {
    const point = at;
    let scale: f64 = 1;
    digit = <u32>load<u8>(++at) - 0x30;
    while (digit <= 9) {
      value = value * 10 + digit;
      scale *= 10;
      digit = <u32>load<u8>(++at) - 0x30;
    }
    digits += at - point - 1;
    // Both are exact up to fifteen digits, so that their quotient is the nearest number.
    result = at == point + 1 || digits > 15 ? NaN : <f64>value / scale;
  }
  const end = skipWord(at);
  numberEnd = end;
  return end == at ? result : NaN;
}

function skipWord(from: usize): usize {
  let at = from;
  while (true) {
    const byte = load<u8>(at);
    const letter = byte | 0x20;
    const isWord =
      (letter >= 0x61 && letter <= 0x7a) ||
      (byte >= 0x30 && byte <= 0x39) ||
      byte == 0x2b ||
      byte == 0x2d ||
      byte == 0x2e;
    if (!isWord) return at;
    at++;
  }
}

// @ts-ignore: decorator
@inline
function areDigits(eight: u64): bool {
  const high: u64 = 0xf0f0f0f0f0f0f0f0;
  return (eight & high) == 0x3030303030303030 && ((eight + 0x0606060606060606) & high) == 0x3030303030303030;
}

// @ts-ignore: decorator
@inline
function eightDigits(eight: u64): u64 {
  let value = eight - 0x3030303030303030;
  value = value * 10 + (value >> 8);
  const mask: u64 = 0x000000ff000000ff;
  return ((value & mask) * 0x000f424000000064 + ((value >> 16) & mask) * 0x0000271000000001) >> 32;
}
