import type { TraceTime } from '../../base/units.ts';

/** A thread's number alone does not tell it apart: every process may use the same. */
export interface Thread {
  readonly pid: number;
  readonly tid: number;
}

/** A point in the course of one thread. */
export interface Moment extends Thread {
  readonly ts: TraceTime;
}

export const sameThread = (a: Thread, b: Thread): boolean => a.pid === b.pid && a.tid === b.tid;

export const threadKey = ({ pid, tid }: Thread): string => `${String(pid)}|${String(tid)}`;
