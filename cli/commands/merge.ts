import { join } from 'node:path';
import { conclude, InpactError, mergeSessions } from '../../src/index.ts';
import { copyTraces } from '../copy-traces.ts';
import type { Io } from '../io.ts';
import { sessionText } from '../output/session-text.ts';
import { termText } from '../output/terminal.ts';
import { MAX_REPORT_BYTES, saveSessionReport } from '../save-report.ts';
import { makeFolder, openSession, refuseRecorded, saveSession } from '../session-folder.ts';

export interface MergeOptions {
  readonly output: string;
}

/** Puts the sessions of a plan's shards together, with their traces. */
export async function mergeCommand(
  paths: readonly string[],
  { output }: MergeOptions,
  io: Io,
): Promise<void> {
  await refuseRecorded(output);
  const opened = await Promise.all(paths.map(openSession));
  const session = conclude(mergeSessions(opened.map((part) => part.session)), []);
  await makeFolder(output);
  for (const { folder, session: part } of opened) {
    const [missing] = await copyTraces({ loads: part.loads, from: folder, to: output });
    if (missing !== undefined) throw withoutTraces(missing);
  }
  await saveSession(output, session);
  const report = await saveSessionReport(
    join(output, 'report.html'),
    { session, folder: output },
    MAX_REPORT_BYTES,
  );
  io.stdout(`${sessionText(session, io.columns)}\nReport: ${termText(report.path)}\n`);
}

const withoutTraces = (missing: string): InpactError =>
  new InpactError('no-such-file', `The trace ${missing} is not there`, {
    hint: 'A session is merged with its traces: keep them in its folder.',
  });
