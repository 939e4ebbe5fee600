/**
 * What is recorded: enough for interactions, tasks with their processor time, requests with the stack that sent them, and
 * the paints that belong to an interaction (`loading`). Not `toplevel`, which records every task twice, and no samples of
 * the CPU, which would slow down what is measured.
 */
export const CATEGORIES: readonly string[] = [
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
