import { callStack, framesIn } from './call-stack.ts';
import { readError } from './caught-error.ts';
import { lengthUs, nowUs, type Span } from './clock.ts';
import type { Args } from './kept.ts';
import { type Block, LoopWatch } from './loop-watch.ts';
import { redactMessage, redactSql } from './redact-sql.ts';
import { RequestWatch } from './request-watch.ts';
import type { StackSampler } from './stack-sampler.ts';
import { TraceWriter } from './trace-writer.ts';

/** A shorter query needs no stack to be found. */
const STACK_FROM_US = 1_000;

export interface RecorderOptions {
  readonly thresholdUs: number;
  readonly sampler: StackSampler | undefined;
  readonly sendsServerTiming: boolean;
}

/** Makes events of what the event loop, the requests and the server's own code tell, each under the request that it belongs to. */
export class Recorder {
  readonly writer: TraceWriter = new TraceWriter('server event loop');
  readonly loop: LoopWatch;
  readonly requests: RequestWatch;
  readonly #thresholdUs: number;

  constructor({ thresholdUs, sampler, sendsServerTiming }: RecorderOptions) {
    this.#thresholdUs = thresholdUs;
    this.loop = new LoopWatch({
      thresholdUs,
      sampler,
      onBlock: (block) => this.#keepBlock(block),
      onCount: (count) => this.#keepNow('inpact.loop', 'C', { ...count }),
    });
    this.requests = new RequestWatch({
      ids: this.writer.ids,
      store: this.writer.requests,
      loop: this.loop,
      sendsServerTiming,
    });
  }

  /** @param thread Where it ran, if not on the loop. */
  keepQuery(span: Span, asked: string, thread?: number): void {
    const served = this.requests.current;
    served?.queried(span);
    const { startUs, endUs } = span;
    const sql = redactSql(asked);
    const onLoop = thread === undefined;
    const stack = onLoop && lengthUs(span) >= STACK_FROM_US ? callStack() : '';
    const request = served?.number ?? 0;
    this.writer.queries.add({ startUs, endUs, sql, request, onLoop, tid: thread ?? process.pid, stack });
    if (!onLoop || lengthUs(span) < this.#thresholdUs) return;
    this.loop.know(span);
    const args = { by: sql, kind: 'database', request: served?.id ?? null, stack: framesIn(stack) };
    this.#keepComplete('inpact.loopBlocked', span, args);
  }

  keepError(error: unknown): void {
    const { type, message, stack } = readError(error);
    const request = this.requests.current?.id ?? null;
    this.#keepNow('inpact.error', 'I', {
      request,
      type,
      message: redactMessage(message),
      stack: framesIn(stack),
    });
  }

  /** Something has begun. @returns What to call when it has ended. */
  beginSpan(name: string, kind: string): () => void {
    const startUs = nowUs();
    const args = { request: this.requests.current?.id ?? null, kind, name, onLoop: true };
    return () =>
      this.writer.keep({ name: 'inpact.span', phase: 'async', startUs, endUs: nowUs(), args: () => args });
  }

  #keepBlock({ stack, cpuUs, ...block }: Block): void {
    const [innermost] = stack;
    const by = innermost === undefined ? 'unknown' : innermost.functionName || '(anonymous)';
    const kind = innermost === undefined ? 'unknown' : 'javascript';
    this.#keepComplete('inpact.loopBlocked', block, { by, kind, request: null, stack, cpuUs });
  }

  #keepComplete(name: string, { startUs, endUs }: Span, args: Args): void {
    this.writer.keep({ name, phase: 'X', startUs, endUs, args: () => args });
  }

  #keepNow(name: string, phase: 'I' | 'C', args: Args): void {
    const now = nowUs();
    this.writer.keep({ name, phase, startUs: now, endUs: now, args: () => args });
  }
}
