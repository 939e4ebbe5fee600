import { at } from './json.ts';

/**
 * What handlers ask of the arguments of events that come by the ten thousand: read from the bytes, without an object for each.
 * `[0]` is the first of a list.
 */
const ARG_PATHS = [
  'id',
  'frame',
  'nodeId',
  'nodeDebugName',
  'data',
  'data.frame',
  'data.type',
  'data.id',
  'data.timerId',
  'data.taskId',
  'data.traceId',
  'data.nodeId',
  'data.nodeName',
  'data.interactionId',
  'data.timeStamp',
  'data.processingStart',
  'data.processingEnd',
  'data.url',
  'data.functionName',
  'data.lineNumber',
  'data.columnNumber',
  'data.scriptName',
  'data.scriptLine',
  'data.blockingDuration',
  'data.stackTrace[0]',
  'data.stackTrace[0].url',
  'data.stackTrace[0].functionName',
  'data.stackTrace[0].lineNumber',
  'data.stackTrace[0].columnNumber',
  'beginData.frame',
  'beginData.stackTrace[0]',
  'beginData.stackTrace[0].url',
  'beginData.stackTrace[0].functionName',
  'beginData.stackTrace[0].lineNumber',
  'beginData.stackTrace[0].columnNumber',
  'endData.nodeId',
  'endData.nodeName',
  'animation_frame_timing_info.blocking_duration_ms',
  'context.softNavContextId',
  'context.timeOrigin',
  'context.domModifications',
] as const;

/** Where a path stands in `ARG_PATHS`. */
export type ArgPath = number;

export const argPath = (path: (typeof ARG_PATHS)[number]): ArgPath => ARG_PATHS.indexOf(path);

/** By path: its keys, and `[0]` for the first of a list. */
export const PATH_KEYS: readonly (readonly string[])[] = ARG_PATHS.map((path) =>
  path.replaceAll('[0]', '.[0]').split('.'),
);

/** The value at a path of parsed arguments, or undefined. */
export function valueAt(args: unknown, path: ArgPath): unknown {
  let value = args;
  for (const key of PATH_KEYS[path] ?? []) {
    if (key !== FIRST_ITEM) value = at(value, key);
    else value = Array.isArray(value) ? value[0] : undefined;
  }
  return value;
}

export const FIRST_ITEM = '[0]';
