import { join } from 'node:path';
import { conclude, fileOfShard, InpactError, mergeSessions, type Session } from '../../src/index.ts';
import { copyTraces, missingTraces } from '../copy-traces.ts';
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
  const opened = (await Promise.all(paths.map(openSession))).toSorted(byShard);
  const session = conclude(mergeSessions(opened.map((part) => part.session)), []);
  const traces = opened.map((part, index) => ({
    loads: part.session.loads,
    from: part.folder,
    to: output,
    nameOf: (file: string): string => fileOfShard(file, index + 1),
  }));
  // Before any is copied: half a merged session would lie there, and the next try be refused for it.
  const [missing] = traces.flatMap(missingTraces);
  if (missing !== undefined) throw withoutTraces(missing);
  await makeFolder(output);
  for (const ofShard of traces) await copyTraces(ofShard);
  await saveSession(output, session);
  const report = await saveSessionReport(
    join(output, 'report.html'),
    { session, folder: output },
    MAX_REPORT_BYTES,
  );
  io.stdout(`${sessionText(session, io.columns)}\nReport: ${termText(report.path)}\n`);
}

interface Opened {
  readonly session: Session;
}

/** So that traces are called by their shard, in whatever order the folders are given. */
const byShard = (a: Opened, b: Opened): number =>
  (a.session.plan.shard?.index ?? 0) - (b.session.plan.shard?.index ?? 0);

const withoutTraces = (missing: string): InpactError =>
  new InpactError('no-such-file', `The trace ${missing} is not there`, {
    hint: 'A session is merged with its traces: keep them in its folder.',
  });
