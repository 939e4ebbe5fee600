import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conclude, InpactError, type Load, mergeSessions, type Session } from '../../src/index.ts';
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
  for (const { folder, session: part } of opened) await copyTraces(part, folder, output);
  await saveSession(output, session);
  const report = await saveSessionReport(
    join(output, 'report.html'),
    { session, folder: output },
    MAX_REPORT_BYTES,
  );
  io.stdout(`${sessionText(session, io.columns)}\nReport: ${termText(report.path)}\n`);
}

async function copyTraces({ loads }: Session, from: string, to: string): Promise<void> {
  for (const file of loads.flatMap(filesOf)) {
    try {
      await copyFile(join(from, file), join(to, file));
    } catch (cause) {
      throw new InpactError('write-failed', `The trace ${join(from, file)} can't be copied to ${to}`, {
        hint: 'A session is merged with its traces: keep them in its folder.',
        cause,
      });
    }
  }
}

const filesOf = ({ traceFile, serverTraceFile }: Load): readonly string[] =>
  [traceFile, serverTraceFile].filter((file) => file !== null);
