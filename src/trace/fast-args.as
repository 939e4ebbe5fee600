// Reads what handlers ask of an event's arguments from their bytes, in AssemblyScript: one pass for all paths, without an object for
// each event. Part of fast-scan.as, compiled with it.
//
// What it takes is JSON to the letter, or it takes nothing: then the whole is parsed as JSON, which is the measure of what is right.
// It also leaves aside what it could read, but not as JSON.parse would: a path that occurs twice, an escape in a key.

import { hashOf } from './fast-scan';

/** What functions return that look for the end of something and find none. */
const NONE: usize = 0;
/** The node of the arguments as a whole. Nodes of paths come after it; 0 is no node. */
const ROOT: u32 = 1;
const DEEPEST: u32 = 64;

// One node: where its value begins and ends, its number, when it was last found, its kind, whether it has keys, the node of its first item.
const NODE_BYTES: usize = 32;
const NODE_END: usize = 4;
const NODE_NUMBER: usize = 8;
const NODE_STAMP: usize = 16;
const NODE_KIND: usize = 20;
const NODE_HAS_KEYS: usize = 24;
const NODE_FIRST_ITEM: usize = 28;

// As in fast-args.ts.
const TEXT: u32 = 1;
const ESCAPED_TEXT: u32 = 2;
const NUMBER: u32 = 3;
const OTHER: u32 = 4;

// One key in the table: the node that it is a key of, its bytes, its own node (0 where free).
const KEY_BYTES: usize = 16;

let base: usize = 0;
let nodes: usize = 0;
let keys: usize = 0;
let keyMask: u32 = 0;
let texts: usize = 0;
let textMask: u32 = 0;
let arena: usize = 0;
let arenaEnd: usize = 0;
let textCount: i32 = 0;

let stamp: u32 = 0;
let limit: usize = 0;
let depth: u32 = 0;
/** Set by `stringEnd`: there was a backslash in it. */
let sawEscape: bool = false;

export function prepareArgs(bufferBase: usize, nodeBase: usize, keyBase: usize, keySlots: u32): void {
  base = bufferBase;
  nodes = nodeBase;
  keys = keyBase;
  keyMask = keySlots - 1;
}

export function prepareTexts(tableBase: usize, slots: u32, arenaBase: usize, arenaBytes: usize): void {
  texts = tableBase;
  textMask = slots - 1;
  arena = arenaBase;
  arenaEnd = arenaBase + arenaBytes;
}

export function addArgKey(parent: u32, address: usize, length: u32, node: u32): void {
  store<u32>(nodes + <usize>parent * NODE_BYTES, 1, NODE_HAS_KEYS);
  let slot = keyHash(parent, address, length);
  while (load<u32>(keys + <usize>slot * KEY_BYTES, 12) != 0) slot = (slot + 1) & keyMask;
  const at = keys + <usize>slot * KEY_BYTES;
  store<u32>(at, parent);
  store<u32>(at, <u32>address, 4);
  store<u32>(at, length, 8);
  store<u32>(at, node, 12);
}

export function addFirstItem(parent: u32, node: u32): void {
  store<u32>(nodes + <usize>parent * NODE_BYTES, node, NODE_FIRST_ITEM);
}

// @ts-ignore: decorator
@inline
function keyHash(parent: u32, address: usize, length: u32): u32 {
  return (hashOf(address, length) + parent * 0x9e3779b1) & keyMask;
}

/** The key's node, or 0. */
function findKey(parent: u32, start: usize, length: u32): u32 {
  let slot = keyHash(parent, start, length);
  while (true) {
    const at = keys + <usize>slot * KEY_BYTES;
    const node = load<u32>(at, 12);
    if (node == 0) return 0;
    if (
      load<u32>(at) == parent &&
      load<u32>(at, 8) == length &&
      memory.compare(<usize>load<u32>(at, 4), start, length) == 0
    ) {
      return node;
    }
    slot = (slot + 1) & keyMask;
  }
}

/**
 * Finds the values of all paths in the arguments, which stand at `from` to `to`.
 * @returns What the nodes that were found are stamped with; 0 where this is to be parsed as JSON.
 */
export function readArgs(from: usize, to: usize): u32 {
  stamp++;
  limit = to;
  depth = 0;
  return readValue(from, ROOT) == to ? stamp : 0;
}

/** @returns Just after the value that begins at `at`, or `NONE`. */
function readValue(at: usize, node: u32): usize {
  if (at >= limit) return NONE;
  const first = load<u8>(at);
  let kind = OTHER;
  let end: usize = NONE;
  if (first == 0x22) {
    end = stringEnd(at + 1);
    kind = sawEscape ? ESCAPED_TEXT : TEXT;
  } else if (first == 0x7b) {
    end = readObject(at + 1, node);
  } else if (first == 0x5b) {
    end = readList(at + 1, node);
  } else if (first == 0x74) {
    end = load<u32>(at) == 0x65757274 ? at + 4 : NONE; // true
  } else if (first == 0x66) {
    end = load<u32>(at, 1) == 0x65736c61 ? at + 5 : NONE; // false
  } else if (first == 0x6e) {
    end = load<u32>(at) == 0x6c6c756e ? at + 4 : NONE; // null
  } else {
    kind = NUMBER;
    end = readNumber(at, node);
  }
  if (end == NONE || end > limit) return NONE;
  if (node == 0) return end;
  const place = nodes + <usize>node * NODE_BYTES;
  // Of two of the same name JSON.parse takes the last, with all that is in it and nothing of the first.
  if (load<u32>(place, NODE_STAMP) == stamp) return NONE;
  store<u32>(place, <u32>(at - base));
  store<u32>(place, <u32>(end - base), NODE_END);
  store<u32>(place, stamp, NODE_STAMP);
  store<u32>(place, kind, NODE_KIND);
  return end;
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
  while (at < limit && isSpace(load<u8>(at))) at++;
  return at;
}

function readObject(from: usize, node: u32): usize {
  if (++depth > DEEPEST) return NONE;
  const hasKeys = node != 0 && load<u32>(nodes + <usize>node * NODE_BYTES, NODE_HAS_KEYS) != 0;
  let at = skipSpace(from);
  if (load<u8>(at) == 0x7d) {
    depth--;
    return at + 1;
  }
  while (true) {
    if (at >= limit || load<u8>(at) != 0x22) return NONE;
    const keyStart = at + 1;
    at = stringEnd(keyStart);
    if (at == NONE) return NONE;
    let child: u32 = 0;
    if (hasKeys) {
      if (sawEscape) return NONE;
      child = findKey(node, keyStart, <u32>(at - keyStart - 1));
    }
    at = skipSpace(at);
    if (load<u8>(at) != 0x3a) return NONE;
    at = readValue(skipSpace(at + 1), child);
    if (at == NONE) return NONE;
    at = skipSpace(at);
    if (at >= limit) return NONE;
    const next = load<u8>(at);
    if (next == 0x7d) {
      depth--;
      return at + 1;
    }
    if (next != 0x2c) return NONE;
    at = skipSpace(at + 1);
  }
}

function readList(from: usize, node: u32): usize {
  if (++depth > DEEPEST) return NONE;
  let item: u32 = node == 0 ? 0 : load<u32>(nodes + <usize>node * NODE_BYTES, NODE_FIRST_ITEM);
  let at = skipSpace(from);
  if (load<u8>(at) == 0x5d) {
    depth--;
    return at + 1;
  }
  while (true) {
    at = readValue(at, item);
    item = 0;
    if (at == NONE) return NONE;
    at = skipSpace(at);
    if (at >= limit) return NONE;
    const next = load<u8>(at);
    if (next == 0x5d) {
      depth--;
      return at + 1;
    }
    if (next != 0x2c) return NONE;
    at = skipSpace(at + 1);
  }
}

/** @returns Just after the closing quote of the string whose inside begins at `from`, or `NONE` where it is no string. */
function stringEnd(from: usize): usize {
  let at = from;
  sawEscape = false;
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const space = i8x16.splat(0x20);
  while (at < limit) {
    const bytes = v128.load(at);
    const isSpecial = v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash));
    const found = i8x16.bitmask(v128.or(isSpecial, i8x16.lt_u(bytes, space)));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += ctz<i32>(found);
    if (at >= limit) return NONE;
    const byte = load<u8>(at);
    if (byte == 0x22) return at + 1;
    // A control character stands in no string of JSON.
    if (byte != 0x5c) return NONE;
    sawEscape = true;
    at = escapeEnd(at + 1);
    if (at == NONE) return NONE;
  }
  return NONE;
}

function escapeEnd(at: usize): usize {
  if (at >= limit) return NONE;
  const byte = load<u8>(at);
  if (byte == 0x75) {
    for (let digit: usize = 1; digit <= 4; digit++) if (!isHexDigit(load<u8>(at + digit))) return NONE;
    return at + 5;
  }
  const isKnown =
    byte == 0x22 || byte == 0x5c || byte == 0x2f || byte == 0x62 || byte == 0x66 || byte == 0x6e || byte == 0x72 || byte == 0x74;
  return isKnown ? at + 1 : NONE;
}

// @ts-ignore: decorator
@inline
function isHexDigit(byte: u8): bool {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

function readNumber(from: usize, node: u32): usize {
  let at = from;
  const isNegative = load<u8>(at) == 0x2d;
  if (isNegative) at++;
  const first = at;
  let value: u64 = 0;
  let scale: f64 = 1;
  let digit = <u32>load<u8>(at) - 0x30;
  if (digit > 9) return NONE;
  while (digit <= 9) {
    value = value * 10 + digit;
    digit = <u32>load<u8>(++at) - 0x30;
  }
  if (load<u8>(first) == 0x30 && at - first > 1) return NONE;
  let digits = at - first;
  if (load<u8>(at) == 0x2e) {
    const point = at;
    digit = <u32>load<u8>(++at) - 0x30;
    while (digit <= 9) {
      value = value * 10 + digit;
      scale *= 10;
      digit = <u32>load<u8>(++at) - 0x30;
    }
    if (at == point + 1) return NONE;
    digits += at - point - 1;
  }
  let isExact = digits <= 15;
  if ((load<u8>(at) | 0x20) == 0x65) {
    isExact = false;
    at++;
    const sign = load<u8>(at);
    if (sign == 0x2b || sign == 0x2d) at++;
    const exponent = at;
    while (<u32>load<u8>(at) - 0x30 <= 9) at++;
    if (at == exponent) return NONE;
  }
  if (node != 0) {
    // Both are exact up to fifteen digits, so that their quotient is the nearest number.
    const number = <f64>value / scale;
    store<f64>(nodes + <usize>node * NODE_BYTES, isExact ? (isNegative ? 0 - number : number) : NaN, NODE_NUMBER);
  }
  return at;
}

// One text in the table: address of its bytes (0 where free), length, number.
const TEXT_SLOT_BYTES: usize = 12;
const LONGEST_TEXT: u32 = 64;

/**
 * The number of a text, the same whenever the same text comes: most of a trace's texts are a few frames, types and functions.
 * @returns -1 where there is no more room, or the text is long.
 */
export function textNumber(start: usize, length: u32): i32 {
  if (length > LONGEST_TEXT) return -1;
  let slot = hashOf(start, length) & textMask;
  while (true) {
    const at = texts + <usize>slot * TEXT_SLOT_BYTES;
    const address = <usize>load<u32>(at);
    if (address == 0) break;
    if (load<u32>(at, 4) == length && memory.compare(address, start, length) == 0) return load<i32>(at, 8);
    slot = (slot + 1) & textMask;
  }
  // At most half full, so that there always is a free slot.
  if (arena + length > arenaEnd || <u32>textCount * 2 > textMask) return -1;
  const at = texts + <usize>slot * TEXT_SLOT_BYTES;
  memory.copy(arena, start, length);
  store<u32>(at, <u32>arena);
  store<u32>(at, length, 4);
  store<i32>(at, textCount, 8);
  arena += length;
  return textCount++;
}
