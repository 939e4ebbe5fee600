import { basename, dirname, join } from 'node:path';
import { openInBrowser } from '../../src/node/open-in-browser.ts';
import { InpactError } from '../../src/index.ts';
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
  /** Of a trace: a folder, or `inline` for those that it holds. */
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
  if (!(await isSession(subject))) {
    const trace = { file: subject, sourceMaps: await sourceMapsAt(sourceMaps) };
    return saveTraceReport(output ?? besideTrace(subject), trace, maxReportSize);
  }
  if (sourceMaps !== undefined) throw onlyOfATrace();
  const opened = await openSession(subject);
  const comparison = await openComparison(opened.folder);
  return saveSessionReport(
    output ?? join(opened.folder, 'report.html'),
    { ...opened, comparison },
    maxReportSize,
  );
}

const onlyOfATrace = (): InpactError =>
  new InpactError('bad-usage', '--source-maps is for the report of a trace', {
    hint: 'Give one of the traces in the session’s folder.',
  });

const besideTrace = (trace: string): string =>
  join(dirname(trace), `${basename(trace).replace(/(\.json)?(\.gz|\.zst)?$/, '')}.html`);
