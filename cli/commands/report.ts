import { basename, dirname, join } from 'node:path';
import { openInBrowser } from '../../src/node/open-in-browser.ts';
import { authoredSession, InpactError } from '../../src/index.ts';
import type { Io } from '../io.ts';
import { reportSizeText } from '../output/report-size.ts';
import { termLines, termText } from '../output/terminal.ts';
import { MAX_REPORT_BYTES, type SavedReport, saveSessionReport, saveTraceReport } from '../save-report.ts';
import { sourceMapsAt } from '../source-maps-at.ts';
import { isSession, openComparison, openSession } from '../session-folder.ts';

export interface ReportOptions {
  /** Where to write it, if not beside what it is of. */
  readonly output?: string;
  readonly maxReportSize?: number;
  /** A folder, or, of a trace, `inline` for those that it holds. */
  readonly sourceMaps?: string;
  readonly open: boolean;
}

/** Writes the HTML report of a recorded session anew, or of a trace. */
export async function reportCommand(subject: string, options: ReportOptions, io: Io): Promise<void> {
  const saved = await saveReportOf(subject, options);
  io.stderr(`${termLines(reportSizeText(saved))}\n`);
  io.stdout(`${termText(saved.path)}\n`);
  if (options.open && !(await openInBrowser(saved.path))) {
    io.stderr('No browser could be started: open the file yourself.\n');
  }
}

export async function saveReportOf(
  subject: string,
  { output, maxReportSize = MAX_REPORT_BYTES, sourceMaps }: Omit<ReportOptions, 'open'>,
): Promise<SavedReport> {
  const maps = await sourceMapsAt(sourceMaps);
  if (!(await isSession(subject))) {
    const trace = { file: subject, sourceMaps: maps };
    return saveTraceReport(output ?? besideTrace(subject), trace, maxReportSize);
  }
  if (maps === 'inline') throw inlineOfASession();
  const { session, folder } = await openSession(subject);
  return saveSessionReport(
    output ?? join(folder, 'report.html'),
    {
      session: authoredSession(session, maps),
      folder,
      comparison: await openComparison(folder),
      sourceMaps: maps,
    },
    maxReportSize,
  );
}

const inlineOfASession = (): InpactError =>
  new InpactError('bad-usage', 'The maps that a trace holds are for the report of that trace', {
    hint: 'Give the folder of the .map files, or one of the traces in the session’s folder.',
  });

const besideTrace = (trace: string): string =>
  join(dirname(trace), `${basename(trace).replace(/(\.json)?(\.gz|\.zst)?$/, '')}.html`);
