import { join } from 'node:path';
import type { SourceMap } from '../../src/index.ts';
import { copyTraces } from '../copy-traces.ts';
import { saveSessionReport, type SavedReport } from '../save-report.ts';
import { makeFolder, saveComparison, saveSession } from '../session-folder.ts';
import type { ComparedBefore } from './compare-recorded.ts';

export interface PlaceOfComparison {
  readonly folder: string;
  readonly sourceMaps: readonly SourceMap[];
  readonly maxReportSize?: number | undefined;
}

/**
 * Makes a folder of two recordings as if they had been recorded to be compared: session, traces, verdict and report. Traces that are
 * not there any more are missing from the report alone.
 */
export async function saveCompared(
  { comparison, session, authored, traces }: ComparedBefore,
  { folder, sourceMaps, maxReportSize }: PlaceOfComparison,
): Promise<SavedReport> {
  await makeFolder(folder);
  for (const side of traces) await copyTraces({ ...side, to: folder });
  await saveSession(folder, session);
  await saveComparison(folder, comparison);
  return saveSessionReport(
    join(folder, 'report.html'),
    { session: authored, folder, comparison, sourceMaps },
    maxReportSize,
  );
}
