import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isSpace,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  textOf,
} from './bytes.ts';
import { type DropReason, EventReader, type OnRow } from './event-reader.ts';
import { Extent } from './extent.ts';
import { FastScan } from './fast-scan.ts';
import { parsedJson } from './parsed-json.ts';
import type { Scan, ScanCut } from './scan.ts';
import { ScanBuffer } from './scan-buffer.ts';
import { MAX_VALUE_BYTES, NO_SPANS, type ScanOptions } from './scan-options.ts';
import type { Spans } from './spans.ts';

/** Thrown when the bytes can't be a trace. */
export class NotATrace extends Error {}

/** More is taken in parts: what was copied is then still in the processor's cache when it is scanned. */
const PART_BYTES = 2 ** 18;

/** For fewer bytes a call of the fast path is not worth its while. */
const WORTH_A_CALL_BYTES = 64;

/** What the scanner expects next. */
type State = 'start' | 'key' | 'colon' | 'value' | 'in-value' | 'element' | 'in-event' | 'in-junk' | 'after';

/**
 * Finds the events in the bytes of a trace as they arrive: a chunk may end anywhere. It relies on no order of keys, no
 * line breaks and no white space. Accepts the array form, closed or not, and the object form with `traceEvents` at any place.
 */
export class Scanner {
  readonly #fast: FastScan | null;
  readonly #buffer: ScanBuffer;
  readonly #extent = new Extent();
  readonly #events: EventReader;
  readonly #onSpans: (spans: Spans) => void;

  #state: State = 'start';
  #isArray = false;
  /** The outer object's current key; empty while it is being read. */
  #key = '';
  #seenEvents = false;
  #isOversized = false;
  #read = 0;
  readonly #dropped: Record<DropReason, number> = {
    'not-an-object': 0,
    malformed: 0,
    'no-phase': 0,
    'no-timestamp': 0,
    oversized: 0,
  };
  #metadata: unknown;
  /** Where reading stopped making sense. */
  #brokenAt: number | null = null;
  readonly #maxValueBytes: number;

  constructor(
    watched: readonly string[],
    onRow: OnRow,
    {
      maxValueBytes = MAX_VALUE_BYTES,
      path = 'fast',
      withOthers = false,
      spans = NO_SPANS,
    }: ScanOptions = {},
  ) {
    this.#maxValueBytes = maxValueBytes;
    this.#onSpans = spans.onSpans;
    const spanNames = spans.names;
    const fast =
      path === 'plain'
        ? null
        : FastScan.create(watched, { maxEventBytes: maxValueBytes, withOthers, spanNames });
    this.#fast = fast;
    this.#events = new EventReader(watched, onRow, { withOthers, fastArgs: fast?.args ?? null });
    this.#buffer = new ScanBuffer(fast === null ? undefined : (_, length) => fast.buffer(length));
  }

  /** @throws {NotATrace} If the bytes so far can't be a trace. */
  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PART_BYTES) {
      this.#pushPart(chunk.subarray(from, from + PART_BYTES));
    }
  }

  #pushPart(chunk: Uint8Array): void {
    if (this.#brokenAt !== null) return;
    this.#extent.shift(this.#buffer.append(chunk));
    while (this.#brokenAt === null && this.#buffer.position < this.#buffer.end) this.#step();
    if (this.#buffer.heldBytes > this.#maxValueBytes) {
      this.#isOversized = true;
      this.#buffer.hold();
    }
  }

  /**
   * @param isCorrupt The bytes stopped where their packed form was damaged.
   * @throws {NotATrace} If nothing came but white space.
   */
  end(isCorrupt: boolean): Scan {
    if (this.#state === 'start') throw new NotATrace();
    if (this.#fast !== null) this.#events.widenBounds(this.#fast.firstTs, this.#fast.lastTs);
    return {
      read: this.#read + (this.#fast?.read ?? 0),
      dropped: this.#dropped,
      cut: this.#cut(isCorrupt),
      firstTs: this.#events.firstTs,
      lastTs: this.#events.lastTs,
      metadata: this.#metadata,
    };
  }

  #cut(isCorrupt: boolean): ScanCut | null {
    if (this.#brokenAt !== null) return { reason: 'malformed', atByte: this.#brokenAt };
    // A checksum may fail at the very end: then any part of what was read may be wrong.
    if (isCorrupt) return { reason: 'corrupt-compression', atByte: this.#buffer.understoodBytes };
    // The array form may lack its closing bracket: Chrome appends to it until it dies.
    const isWhole = this.#state === 'after' || (this.#isArray && this.#state === 'element');
    return isWhole ? null : { reason: 'cut-short', atByte: this.#buffer.understoodBytes };
  }

  #step(): void {
    const { bytes, position, end } = this.#buffer;
    switch (this.#state) {
      case 'in-event':
        this.#buffer.position = this.#extent.scanObject(bytes, position, end);
        if (this.#extent.isComplete) this.#finishEvent();
        return;
      case 'in-value':
      case 'in-junk':
        this.#buffer.position = this.#extent.scanValue(bytes, position, end);
        if (this.#extent.isComplete) this.#finishValue();
        return;
      case 'after':
        // Some writers leave a line break, others garbage. Neither changes what was read.
        this.#buffer.position = end;
        return;
      case 'element':
        if (this.#fast !== null && this.#takeFast(this.#fast)) return;
        this.#takeByte(bytes[position] ?? 0);
        return;
      default:
        this.#takeByte(bytes[position] ?? 0);
    }
  }

  /** Lets the fast path read as far as it can. Returns whether it got anywhere. */
  #takeFast(fast: FastScan): boolean {
    const { bytes, position, end } = this.#buffer;
    if (end - position < WORTH_A_CALL_BYTES) return false;
    do {
      this.#buffer.position = fast.scan(this.#buffer.position, end);
      if (fast.spans.count > 0) this.#onSpans(fast.spans);
      this.#events.handOnAll(bytes, fast.records, fast.recordCount);
    } while (fast.isFull);
    return this.#buffer.position > position;
  }

  /** Between values: one byte at a time. */
  #takeByte(byte: number): void {
    if (isSpace(byte)) this.#buffer.position++;
    else if (this.#state === 'start') this.#takeFirst(byte);
    else if (this.#state === 'element') this.#takeInEvents(byte);
    else if (this.#state === 'key') this.#takeInObject(byte);
    else if (this.#state === 'colon') this.#takeColon(byte);
    else this.#takeValue(byte);
  }

  #takeFirst(byte: number): void {
    if (byte !== OPEN_BRACKET && byte !== OPEN_BRACE && !BYTE_ORDER_MARK.has(byte)) throw new NotATrace();
    this.#buffer.position++;
    if (BYTE_ORDER_MARK.has(byte)) return;
    this.#isArray = byte === OPEN_BRACKET;
    this.#seenEvents = this.#isArray;
    this.#state = this.#isArray ? 'element' : 'key';
  }

  #takeInEvents(byte: number): void {
    if (byte === OPEN_BRACE) {
      this.#enter('in-event');
      return;
    }
    if (byte !== COMMA && byte !== CLOSE_BRACKET) this.#dropped['not-an-object']++;
    // A closing brace too many ends nothing; anything else is a value of some kind.
    if (byte !== COMMA && byte !== CLOSE_BRACKET && byte !== CLOSE_BRACE) {
      this.#enter('in-junk');
      return;
    }
    this.#buffer.position++;
    if (byte === CLOSE_BRACKET) this.#state = this.#isArray ? 'after' : 'key';
  }

  #takeInObject(byte: number): void {
    if (byte === QUOTE) {
      this.#key = '';
      this.#enter('in-value');
      return;
    }
    if (byte !== COMMA && byte !== CLOSE_BRACE) {
      this.#break();
      return;
    }
    this.#buffer.position++;
    if (byte === COMMA) return;
    if (!this.#seenEvents) throw new NotATrace();
    this.#state = 'after';
  }

  #takeColon(byte: number): void {
    if (byte !== COLON) {
      this.#break();
      return;
    }
    this.#buffer.position++;
    this.#state = 'value';
  }

  #takeValue(byte: number): void {
    if (this.#key !== 'traceEvents' || byte !== OPEN_BRACKET) {
      this.#enter('in-value');
      return;
    }
    this.#buffer.position++;
    this.#seenEvents = true;
    this.#state = 'element';
  }

  #enter(state: 'in-event' | 'in-value' | 'in-junk'): void {
    this.#state = state;
    this.#isOversized = false;
    this.#extent.begin();
    this.#buffer.hold();
  }

  #finishEvent(): void {
    const { bytes, heldFrom, position } = this.#buffer;
    // One that came whole in a single chunk is no exception: how a trace is cut into chunks changes nothing.
    const isOversized = this.#isOversized || position - heldFrom > this.#maxValueBytes;
    const reason = isOversized ? 'oversized' : this.#events.read(bytes, heldFrom, position, this.#extent);
    if (reason === null) this.#read++;
    else this.#dropped[reason]++;
    this.#buffer.release();
    this.#state = 'element';
  }

  #finishValue(): void {
    if (this.#state === 'in-junk') this.#state = 'element';
    else if (this.#key === '') {
      const key = this.#parseHeld();
      this.#key = typeof key === 'string' && key !== '' ? key : 'unnamed';
      this.#state = 'colon';
    } else {
      if (this.#key === 'metadata') this.#takeMetadata();
      this.#state = 'key';
    }
    this.#buffer.release();
  }

  #takeMetadata(): void {
    const { heldFrom, position } = this.#buffer;
    if (!this.#isOversized && position - heldFrom <= this.#maxValueBytes) this.#metadata = this.#parseHeld();
  }

  #parseHeld(): unknown {
    const { bytes, heldFrom, position } = this.#buffer;
    return parsedJson(textOf(bytes, heldFrom, position));
  }

  /** What breaks before any event could come is some other text that begins with a brace: a script, a style sheet. */
  #break(): void {
    if (!this.#seenEvents) throw new NotATrace();
    this.#brokenAt = this.#buffer.understoodBytes;
  }
}

const BYTE_ORDER_MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);
