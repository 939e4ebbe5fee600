import type { CategoryPreset } from '../../result/browser-settings.ts';

/**
 * Enough for interactions, tasks with their processor time, requests with the stack that sent them, and the paints that belong
 * to an interaction (`loading`). Not `toplevel`, which records every task twice, and no samples of the CPU, which would slow
 * down what is measured.
 */
const LIGHT: readonly string[] = [
  'blink.user_timing',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.stack',
  'disabled-by-default-lighthouse',
  'latencyInfo',
  'loading',
  'navigation',
  'rail',
  'v8.execute',
];

/** What is recorded. `full` adds samples of the CPU, what invalidated style and layout, and screenshots. */
export const CATEGORIES: Readonly<Record<CategoryPreset, readonly string[]>> = {
  light: LIGHT,
  full: [
    ...LIGHT,
    'disabled-by-default-devtools.screenshot',
    'disabled-by-default-devtools.timeline.invalidationTracking',
    'disabled-by-default-v8.cpu_profiler',
  ],
};
