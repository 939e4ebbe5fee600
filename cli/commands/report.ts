import { join } from 'node:path';
import type { Io } from '../io.ts';
import { termText } from '../output/terminal.ts';
import { openSession, saveReport } from '../session-folder.ts';

export interface ReportOptions {
  /** Where to write it, if not beside the session. */
  readonly output?: string;
}

/** Writes the HTML report of a recorded session anew. */
export async function reportCommand(session: string, { output }: ReportOptions, io: Io): Promise<void> {
  const opened = await openSession(session);
  const path = await saveReport(output ?? join(opened.folder, 'report.html'), opened.session);
  io.stdout(`${termText(path)}\n`);
}
