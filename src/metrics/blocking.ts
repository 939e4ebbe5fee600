import { micro, type Micro } from '../base/units.ts';

/** A task longer than this can hold up input. https://www.w3.org/TR/longtasks-1/ */
export const LONG_TASK: Micro = micro(50_000);

export const isLong = (duration: Micro): boolean => duration > LONG_TASK;

/** What a task has over 50 ms. https://web.dev/articles/tbt */
export const blockingTime = (duration: Micro): Micro => micro(Math.max(0, duration - LONG_TASK));
