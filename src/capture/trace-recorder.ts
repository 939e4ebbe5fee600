import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { CDPSession, Protocol } from 'puppeteer-core';
import { InpactError } from '../base/errors.ts';
import { writeFailed } from '../node/write-file.ts';
import { CATEGORIES } from './categories.ts';
import { withDeadline } from './deadline.ts';

/** Chrome keeps the trace in memory until it is read: large enough for minutes of a busy page. */
const BUFFER_KB = 512 * 1024;
const BUFFER_REPORT_INTERVAL_MS = 500;
const READ_BYTES = 2 ** 20;
/** Chrome gathers the events of all its processes when tracing ends. */
const STOP_DEADLINE_MS = 60_000;

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
  readonly #onBufferUsage: (usage: number) => void;
  #bufferUsage = 0;

  constructor(session: CDPSession, onBufferUsage: (usage: number) => void) {
    this.#session = session;
    this.#onBufferUsage = onBufferUsage;
  }

  async start(): Promise<void> {
    this.#session.on('Tracing.bufferUsage', ({ percentFull }) => {
      if (percentFull === undefined) return;
      this.#bufferUsage = Math.max(this.#bufferUsage, percentFull);
      this.#onBufferUsage(percentFull);
    });
    await this.#session.send('Tracing.start', {
      transferMode: 'ReturnAsStream',
      streamFormat: 'json',
      streamCompression: 'gzip',
      bufferUsageReportingInterval: BUFFER_REPORT_INTERVAL_MS,
      traceConfig: {
        recordMode: 'recordUntilFull',
        traceBufferSizeInKb: BUFFER_KB,
        excludedCategories: ['*'],
        includedCategories: [...CATEGORIES],
      },
    });
  }

  /** Marks this moment on the trace's clock. The page can neither see nor forge the mark. */
  async mark(name: string): Promise<void> {
    await this.#session.send('Tracing.recordClockSyncMarker', { syncId: name });
  }

  /**
   * Ends tracing and writes the gzipped trace, which is never in memory as a whole. The file has its name only once it is
   * complete.
   * @throws {InpactError} `write-failed` if the file can't be written.
   */
  async stop(path: string): Promise<RecordedTrace> {
    const complete = new Promise<Protocol.Tracing.TracingCompleteEvent>((resolve) => {
      this.#session.once('Tracing.tracingComplete', resolve);
    });
    await withDeadline(this.#session.send('Tracing.end'), STOP_DEADLINE_MS, 'Ending the trace');
    const { dataLossOccurred, stream } = await withDeadline(
      complete,
      STOP_DEADLINE_MS,
      'Gathering the trace',
    );
    if (stream === undefined) throw new InpactError('capture-failed', 'Chrome returned no trace');
    await this.#save(stream, path);
    return { dataLossOccurred, bufferUsage: this.#bufferUsage };
  }

  async #save(handle: string, path: string): Promise<void> {
    const unfinished = `${path}.tmp-${String(process.pid)}`;
    try {
      const file = await open(unfinished, 'w');
      await pipeline(this.#read(handle), file.createWriteStream({ flush: true }));
      await this.#session.send('IO.close', { handle });
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw isOfFiles(error) ? writeFailed(`The trace ${path}`, error) : error;
    }
  }

  async *#read(handle: string): AsyncIterable<Uint8Array> {
    for (let isLast = false; !isLast;) {
      const { data, base64Encoded, eof } = await this.#session.send('IO.read', { handle, size: READ_BYTES });
      yield Buffer.from(data, base64Encoded === true ? 'base64' : 'utf8');
      isLast = eof;
    }
  }
}

/** Whether the file system failed, not the browser. */
const isOfFiles = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
