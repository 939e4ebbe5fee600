import { base64Bytes } from './base64.ts';
import { type ArgsExports, FastArgs } from './fast-args.ts';
import { FAST_SCAN_WASM } from './fast-scan-wasm.ts';
import { RECORD_BYTES, Records } from './records.ts';
import { SPAN_SIZE } from './spans.ts';

/** What fast-scan.as exports. */
interface Exports extends ArgsExports {
  readonly memory: WebAssembly.Memory;
  readonly recordCount: WebAssembly.Global<number>;
  readonly spanCount: WebAssembly.Global<number>;
  readonly readCount: WebAssembly.Global<number>;
  readonly firstTs: WebAssembly.Global<number>;
  readonly lastTs: WebAssembly.Global<number>;
  // oxlint-disable-next-line eslint/max-params -- One call, by which the module learns where its memory is for what.
  prepare(
    buffer: number,
    slots: number,
    slotMask: number,
    records: number,
    maxRecords: number,
    maxEventBytes: number,
  ): void;
  addName(address: number, length: number, index: number): void;
  prepareSpans(spans: number, maxSpans: number, nameCount: number): void;
  handOnOthers(index: number): void;
  scan(from: number, end: number): number;
}

export interface FastScanOptions {
  readonly maxEventBytes: number;
  readonly withOthers?: boolean;
  /** So many of the names that are watched stand first and may be written as spans. */
  readonly spanNames?: number;
}

/** Watched events of one call: enough to make calls cheap, few enough to stay in the processor's cache. */
const MAX_RECORDS = 512;
const MAX_SPANS = 1024;
const SPAN_BYTES = SPAN_SIZE * Float64Array.BYTES_PER_ELEMENT;
const SLOT_BYTES = 12;
/** How far beyond the bytes that have arrived the module reads, and writes zeros. */
const SENTINEL_BYTES = 64;
const PAGE_BYTES = 65_536;
const LARGEST_EVENT = 2 ** 31 - 1;

/**
 * The scanner's fast path in WebAssembly. It reads on while events are whole and well formed, and leaves everything else
 * to the plain path, which stands where it stopped. The scanner's buffer lies in its memory.
 */
export class FastScan {
  readonly #exports: Exports;
  readonly #recordsFrom: number;
  readonly #spansFrom: number;
  /** Where the scanner's buffer begins. */
  readonly #base: number;
  readonly args: FastArgs;
  records: Records;
  /** How many of them the last call wrote. */
  recordCount = 0;
  /** Those that the last call wrote. */
  readonly spans: { numbers: Float64Array; count: number };

  private constructor(
    exports: Exports,
    watched: readonly string[],
    { maxEventBytes, withOthers = false, spanNames = 0 }: FastScanOptions,
  ) {
    this.#exports = exports;
    const encoder = new TextEncoder();
    const names = watched.map((name) => encoder.encode(name));
    const slotCount = 2 ** Math.ceil(Math.log2(Math.max(16, names.length * 4)));
    const slots = PAGE_BYTES;
    const namesFrom = slots + slotCount * SLOT_BYTES;
    const namesEnd = names.reduce((end, { length }) => end + length, namesFrom);
    // Eight bytes of a short name are read at once.
    this.#recordsFrom = aligned(namesEnd + 8);
    this.#spansFrom = this.#recordsFrom + MAX_RECORDS * RECORD_BYTES;
    const argsFrom = aligned(this.#spansFrom + MAX_SPANS * SPAN_BYTES);
    this.#base = aligned(argsFrom + FastArgs.MEMORY_BYTES);
    this.#reach(this.#base);
    exports.prepare(
      this.#base,
      slots,
      slotCount - 1,
      this.#recordsFrom,
      MAX_RECORDS,
      Math.min(maxEventBytes, LARGEST_EVENT),
    );
    exports.prepareSpans(this.#spansFrom, MAX_SPANS, spanNames);
    this.args = new FastArgs(exports, exports.memory.buffer, { from: argsFrom, base: this.#base });
    if (withOthers) exports.handOnOthers(names.length);
    let at = namesFrom;
    for (const [index, name] of names.entries()) {
      new Uint8Array(exports.memory.buffer).set(name, at);
      exports.addName(at, name.length, index);
      at += name.length;
    }
    this.records = this.#recordsInMemory();
    this.spans = { numbers: this.#spansInMemory(), count: 0 };
  }

  /** Null where WebAssembly is missing, lacks SIMD, or is forbidden by the page's policy. */
  static create(watched: readonly string[], options: FastScanOptions): FastScan | null {
    if (!('WebAssembly' in globalThis)) return null;
    try {
      return new FastScan(new WebAssembly.Instance<Exports>(compiled()).exports, watched, options);
    } catch (error) {
      if (error instanceof WebAssembly.CompileError) return null;
      throw error;
    }
  }

  /** Events that were read. */
  get read(): number {
    return this.#exports.readCount.value;
  }

  /** As `EventReader`'s, over the events that were read here. */
  get firstTs(): number {
    return this.#exports.firstTs.value;
  }

  get lastTs(): number {
    return this.#exports.lastTs.value;
  }

  /** Whether the last call stopped only for want of room for records or spans. */
  get isFull(): boolean {
    return this.recordCount === MAX_RECORDS || this.spans.count === MAX_SPANS;
  }

  /** The scanner's buffer, `length` bytes long. What it held stays; an older view of it must not be used any more. */
  buffer(length: number): Uint8Array {
    this.#reach(this.#base + length + SENTINEL_BYTES);
    this.records = this.#recordsInMemory();
    this.spans.numbers = this.#spansInMemory();
    this.args.attach(this.#exports.memory.buffer);
    return new Uint8Array(this.#exports.memory.buffer, this.#base, length);
  }

  /**
   * Reads events from `from` on, where an event or what separates two may stand.
   * @returns Where it stopped: before what it leaves to the plain path, or for want of room.
   */
  scan(from: number, end: number): number {
    const stopped = this.#exports.scan(this.#base + from, this.#base + end) - this.#base;
    this.recordCount = this.#exports.recordCount.value;
    this.spans.count = this.#exports.spanCount.value;
    return stopped;
  }

  #recordsInMemory(): Records {
    return new Records(this.#exports.memory.buffer, this.#recordsFrom, MAX_RECORDS);
  }

  #spansInMemory(): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, this.#spansFrom, MAX_SPANS * SPAN_SIZE);
  }

  #reach(end: number): void {
    const missing = end - this.#exports.memory.buffer.byteLength;
    if (missing > 0) this.#exports.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}

/** Once for all traces: a session has dozens, and a small one takes less time than this. */
function compiled(): CompiledModule {
  module ??= new WebAssembly.Module(base64Bytes(FAST_SCAN_WASM));
  return module;
}

type CompiledModule = InstanceType<typeof WebAssembly.Module>;
let module: CompiledModule | undefined;

/** Doubles stand at multiples of their length. */
const aligned = (at: number): number => Math.ceil(at / 16) * 16;
