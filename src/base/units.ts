declare const unit: unique symbol;

/** A length of time, in microseconds. May be fractional. */
export type Micro = number & { readonly [unit]: 'micro' };

/** A point on the trace's own clock, in microseconds. Only differences between two mean anything. */
export type TraceTime = number & { readonly [unit]: 'trace-time' };

export const micro = (value: number): Micro => value as Micro;
export const traceTime = (value: number): TraceTime => value as TraceTime;

export const between = (start: TraceTime, end: TraceTime): Micro => micro(end - start);
export const later = (start: TraceTime, by: Micro): TraceTime => traceTime(start + by);

/** Milliseconds, with the microseconds kept as decimals: the unit of everything that leaves `src`. */
export const toMs = (length: Micro): number => Math.round(length) / 1000;
export const fromMs = (ms: number): Micro => micro(ms * 1000);
