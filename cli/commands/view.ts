import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInBrowser } from '../../src/node/open-in-browser.ts';
import type { Io } from '../io.ts';
import { reportSizeText } from '../output/report-size.ts';
import { termLines, termText } from '../output/terminal.ts';
import { type ReportOptions, saveReportOf } from './report.ts';

/** Shows a trace or a session in the browser: as a report in a folder that nobody else can read. No server, no port. */
export async function viewCommand(
  subject: string,
  options: Pick<ReportOptions, 'sourceMaps'>,
  io: Io,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'inpact-view-'));
  const saved = await saveReportOf(subject, { ...options, output: join(folder, 'report.html') });
  io.stderr(`${termLines(reportSizeText(saved))}\n`);
  io.stdout(`${termText(saved.path)}\n`);
  if (!(await openInBrowser(saved.path))) io.stderr('No browser could be started: open the file yourself.\n');
}
