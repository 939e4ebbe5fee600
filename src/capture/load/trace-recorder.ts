import type { CDPSession, Protocol } from 'puppeteer-core';
import { writeGzipped } from '../../node/write-gzipped.ts';
import type { CategoryPreset } from '../../result/browser-settings.ts';
import { answered } from '../answered.ts';
import type { Deadlines } from '../deadlines.ts';
import { LoadFailure } from '../load-failure.ts';
import { CATEGORIES } from './categories.ts';

/** Chrome keeps the trace in memory until it is read: large enough for minutes of a busy page. */
const BUFFER_KB = 512 * 1024;
const BUFFER_REPORT_INTERVAL_MS = 500;
const READ_BYTES = 2 ** 20;

/** What becomes of a trace's bytes on their way to the disk. */
export type RewriteTrace = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

export interface RecorderOptions {
  readonly categoryPreset: CategoryPreset;
  readonly deadlines: Pick<Deadlines, 'callMs' | 'traceMs'>;
  readonly onBufferUsage: (usage: number) => void;
  readonly rewrite?: RewriteTrace;
}

export interface RecordedTrace {
  readonly dataLossOccurred: boolean;
  /** Highest share of the buffer in use that Chrome reported, 0 to 1. */
  readonly bufferUsage: number;
}

/**
 * Records a trace over the page's own protocol session, so that Chrome writes which frame is the page's. Puppeteer's
 * `page.tracing` is not used: it keeps the whole trace in memory and hides whether data was lost.
 */
export class TraceRecorder {
  readonly #session: CDPSession;
  readonly #options: RecorderOptions;
  #bufferUsage = 0;

  constructor(session: CDPSession, options: RecorderOptions) {
    this.#session = session;
    this.#options = options;
  }

  async start(): Promise<void> {
    const { categoryPreset, deadlines, onBufferUsage } = this.#options;
    this.#session.on('Tracing.bufferUsage', ({ percentFull }) => {
      if (percentFull === undefined) return;
      this.#bufferUsage = Math.max(this.#bufferUsage, percentFull);
      onBufferUsage(percentFull);
    });
    const started = this.#session.send('Tracing.start', {
      transferMode: 'ReturnAsStream',
      streamFormat: 'json',
      bufferUsageReportingInterval: BUFFER_REPORT_INTERVAL_MS,
      traceConfig: {
        recordMode: 'recordUntilFull',
        traceBufferSizeInKb: BUFFER_KB,
        excludedCategories: ['*'],
        includedCategories: [...CATEGORIES[categoryPreset]],
      },
    });
    await answered(started, deadlines.callMs);
  }

  /** Marks this moment on the trace's clock. The page can neither see nor forge the mark. */
  async mark(name: string): Promise<void> {
    const { callMs } = this.#options.deadlines;
    await answered(this.#session.send('Tracing.recordClockSyncMarker', { syncId: name }), callMs);
  }

  /**
   * Ends tracing and writes the gzipped trace, which is never in memory as a whole. The file has its name only once it is
   * complete.
   * @throws {InpactError} `write-failed` if the file can't be written.
   */
  async stop(path: string): Promise<RecordedTrace> {
    const { traceMs } = this.#options.deadlines;
    const complete = new Promise<Protocol.Tracing.TracingCompleteEvent>((resolve) => {
      this.#session.once('Tracing.tracingComplete', resolve);
    });
    // Chrome gathers the events of all its processes when tracing ends.
    await answered(this.#session.send('Tracing.end'), traceMs);
    const { dataLossOccurred, stream } = await answered(complete, traceMs);
    if (stream === undefined) throw new LoadFailure('browser-failed', 'Chrome returned no trace.');
    await this.#save(stream, path);
    return { dataLossOccurred, bufferUsage: this.#bufferUsage };
  }

  async #save(handle: string, path: string): Promise<void> {
    const { rewrite = asItIs, deadlines } = this.#options;
    await writeGzipped(path, rewrite(this.#read(handle)));
    await answered(this.#session.send('IO.close', { handle }), deadlines.callMs);
  }

  async *#read(handle: string): AsyncIterable<Uint8Array> {
    const { callMs } = this.#options.deadlines;
    for (let isLast = false; !isLast;) {
      const read = this.#session.send('IO.read', { handle, size: READ_BYTES });
      const { data, base64Encoded, eof } = await answered(read, callMs);
      yield Buffer.from(data, base64Encoded === true ? 'base64' : 'utf8');
      isLast = eof;
    }
  }
}

export const asItIs: RewriteTrace = (bytes) => bytes;
