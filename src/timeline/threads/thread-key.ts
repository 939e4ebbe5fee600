import type { Thread } from './threads.ts';

export type { Thread };

/** Tells threads apart: a thread's number alone does not. */
export const threadKey = ({ pid, tid }: Thread): string => `${String(pid)}|${String(tid)}`;
