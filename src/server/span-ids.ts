import { randomBytes } from 'node:crypto';

const MOST = 2 ** 32 - 1;

/**
 * The ids of requests: a number after what was drawn once for this agent. So an id costs no draw, is kept in four bytes, and
 * becomes text only where somebody reads it. https://www.w3.org/TR/trace-context/#traceparent-header
 */
export class SpanIds {
  readonly #trace = randomBytes(12).toString('hex');
  readonly #span = randomBytes(4).toString('hex');
  #last = 0;

  /** From 1, so that 0 can stand for none. */
  next(): number {
    this.#last = (this.#last % MOST) + 1;
    return this.#last;
  }

  /** 16 hexadecimal digits. */
  spanId(id: number): string {
    return this.#span + digits(id);
  }

  /** 0 is none's. */
  spanIdOrNull(id: number): string | null {
    return id === 0 ? null : this.spanId(id);
  }

  /** 32 hexadecimal digits: of the trace that begins with this request, where its client began none. */
  traceId(id: number): string {
    return this.#trace + digits(id);
  }

  /** What tells a client of both. */
  traceParent(id: number, traceId?: string): string {
    const last = digits(id);
    return traceId === undefined
      ? `00-${this.#trace}${last}-${this.#span}${last}-01`
      : `00-${traceId}-${this.#span}${last}-01`;
  }
}

const digits = (id: number): string => id.toString(16).padStart(8, '0');
