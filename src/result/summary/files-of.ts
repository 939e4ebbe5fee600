import type { Load } from '../load.ts';

/** What a trace is called where those of several recordings lie side by side, which may have the same names. */
export const fileOf = (file: string, recording: string): string =>
  `Trace-${recording}-${file.replace(/^Trace-/, '')}`;

/** A load with its files called so. */
export const withFilesOf = (load: Load, recording: string): Load => ({
  ...load,
  traceFile: load.traceFile === null ? null : fileOf(load.traceFile, recording),
  serverTraceFile: load.serverTraceFile === null ? null : fileOf(load.serverTraceFile, recording),
});
