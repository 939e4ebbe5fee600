import { join } from 'node:path';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError, LOAD_PROBLEMS, type Session } from '../src/index.ts';
import type { Io } from './io.ts';
import { reportSizeText } from './output/report-size.ts';
import { sessionText } from './output/session-text.ts';
import { termLines, termText } from './output/terminal.ts';
import { type RecordOrder, recordSession } from './record-session.ts';
import { saveSessionReport } from './save-report.ts';

/**
 * Records a session, saves it after every load, and writes the report.
 * @throws {InpactError} `capture-failed` if no load of a variant is fit to be judged. What was recorded is kept.
 */
export async function record(order: RecordOrder, settings: Settings, io: Io): Promise<void> {
  const { folder, session } = await recordSession(order, settings, io);
  const saved = await saveSessionReport(
    join(folder, 'report.html'),
    { session, folder },
    settings.maxReportSize,
  );
  const report = saved.path;
  if (!settings.quiet) io.stderr(`${termLines(reportSizeText(saved))}\n`);
  if (!settings.quiet) io.stdout(`${sessionText(session, io.columns)}\n`);
  io.stdout(`${settings.quiet ? '' : 'Report: '}${termText(report)}\n`);
  refuseUnfit(session, report);
}

function refuseUnfit({ variants, loads }: Session, report: string): void {
  for (const { name } of variants) {
    const own = loads.filter(({ variant, warmUp }) => variant === name && !warmUp);
    if (own.some(({ status }) => status === 'valid')) continue;
    const problem = own.flatMap(({ problems }) => problems)[0];
    throw new InpactError(
      'capture-failed',
      `No load of ${name} is fit to be judged: ${problem?.message ?? 'none was recorded'}`,
      {
        hint: `${problem === undefined ? '' : `${LOAD_PROBLEMS[problem.code].remedy} `}What was recorded is kept; see ${report}.`,
      },
    );
  }
}
