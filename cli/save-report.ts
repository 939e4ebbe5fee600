import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  analyzeForDrawing,
  type AnalyzeOptions,
  type ComparedDocument,
  type Comparison,
  type DrawnSource,
  type DrawnTrace,
  drawnLoads,
  InpactError,
  type Load,
  type Session,
  type SourceMap,
  type TraceDocument,
  VERSION,
} from '../src/index.ts';
import { readTrace } from '../src/node/read-trace.ts';
import { writeFileAtomically } from '../src/node/write-file.ts';
import { fitTracks, type FittedTracks, type NamedTracks } from './output/fit-tracks.ts';
import { type ReportDocument, reportHtml } from './output/report-html.ts';
import { readTemplate } from './output/report-template.ts';

/** Large enough for two full timelines of ordinary loads, small enough for a mail. */
export const MAX_REPORT_BYTES = 4e6;

export interface SavedReport {
  readonly path: string;
  readonly bytes: number;
  readonly maxBytes: number;
  /** What was left out for want of room, and what of it all is missing for another reason. */
  readonly fitted: Omit<FittedTracks, 'tracks'>;
  readonly missing: readonly string[];
}

export interface SessionToReport {
  readonly session: Session;
  /** Where its traces lie. */
  readonly folder: string;
  /** What was concluded from it, where it was recorded to compare. */
  readonly comparison?: Comparison | undefined;
  /** For the names in its timelines: those in the session are as they stand there. */
  readonly sourceMaps?: readonly SourceMap[];
}

/** Writes the report of a session, with the whole timeline of a typical load of each variant. */
export async function saveSessionReport(
  path: string,
  { session, folder, comparison, sourceMaps = [] }: SessionToReport,
  maxBytes: number = MAX_REPORT_BYTES,
): Promise<SavedReport> {
  const loads = drawnLoads(session);
  const drawn: NamedTracks[] = [];
  const missing: string[] = [];
  for (const load of loads) {
    const tracks = await drawnLoad(load, folder, sourceMaps);
    if (tracks === undefined) missing.push(load.id);
    else drawn.push(tracks);
  }
  const content: Session | ComparedDocument =
    comparison === undefined ? session : { schemaVersion: 1, kind: 'compared', comparison, session };
  return { ...(await save(path, content, drawn, maxBytes)), missing };
}

export interface TraceToReport extends Pick<AnalyzeOptions, 'sourceMaps'> {
  readonly file: string;
}

/** Writes the report of one trace. */
export async function saveTraceReport(
  path: string,
  { file, sourceMaps = [] }: TraceToReport,
  maxBytes: number = MAX_REPORT_BYTES,
): Promise<SavedReport> {
  const { trace, tracks }: DrawnTrace = await analyzeForDrawing({
    // A report goes to others: where the trace lay is nobody's business.
    file: basename(file),
    bytes: readTrace(file),
    sourceMaps,
  });
  const content: TraceDocument = { schemaVersion: 1, kind: 'trace', inpactVersion: VERSION, trace };
  return { ...(await save(path, content, [{ id: trace.file, tracks }], maxBytes)), missing: [] };
}

/** Undefined where the trace is not there any more, or is none: the rest of the report does without. */
async function drawnLoad(
  { id, traceFile, serverTraceFile }: Load,
  folder: string,
  sourceMaps: readonly SourceMap[],
): Promise<NamedTracks | undefined> {
  const file = traceFile === null ? undefined : join(folder, traceFile);
  if (file === undefined || !existsSync(file)) return undefined;
  const server = serverTraceFile === null ? undefined : join(folder, serverTraceFile);
  try {
    const { tracks } = await analyzeForDrawing({
      ...source(file),
      sourceMaps,
      ...(server !== undefined && existsSync(server) ? { server: source(server) } : {}),
    });
    return { id, tracks };
  } catch (error) {
    if (error instanceof InpactError) return undefined;
    throw error;
  }
}

const source = (file: string): DrawnSource => ({ file, bytes: readTrace(file) });

async function save(
  path: string,
  content: ReportDocument,
  drawn: readonly NamedTracks[],
  maxBytes: number,
): Promise<Omit<SavedReport, 'missing'>> {
  const template = await readTemplate();
  const without = await reportHtml(template, content);
  const { tracks, ...fitted } = await fitTracks(drawn, maxBytes - Buffer.byteLength(without));
  await writeFileAtomically(path, await reportHtml(template, content, tracks));
  return { path, bytes: (await stat(path)).size, maxBytes, fitted };
}
