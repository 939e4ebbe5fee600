import {
  authoredSession,
  type Comparison,
  type CompareSettings,
  compareVariants,
  conclude,
  fileOfSide,
  type JoinedRecording,
  joinSessions,
  onlyVariants,
  type Session,
  type SourceMap,
} from '../../src/index.ts';
import type { TracesToCopy } from '../copy-traces.ts';
import { openSession } from '../session-folder.ts';

export interface RecordedBefore {
  /** Folders of sessions, or with a session the names of two of its variants. */
  readonly base: string;
  readonly changed: string;
  readonly session: string | undefined;
  readonly settings: CompareSettings;
  readonly sourceMaps: readonly SourceMap[];
}

/** What was concluded from two recordings, and what a report of it takes. */
export interface ComparedBefore {
  readonly comparison: Comparison;
  /** Both sides as one, as it was recorded and with the author's names. */
  readonly session: Session;
  readonly authored: Session;
  /** Where its traces lie, and what each is called in it. */
  readonly traces: readonly Omit<TracesToCopy, 'to'>[];
}

/** Compares what was recorded before. */
export async function compareRecorded(before: RecordedBefore): Promise<ComparedBefore> {
  const { recording, traces } = await bothSides(before);
  const [base, changed] = recording.variants;
  const session = conclude(recording, []);
  const authored = authoredSession(session, before.sourceMaps);
  return {
    comparison: compareVariants(authored, base.name, changed.name, before.settings),
    session,
    authored,
    traces,
  };
}

interface BothSides extends Pick<ComparedBefore, 'traces'> {
  readonly recording: JoinedRecording;
}

async function bothSides({ base, changed, session }: RecordedBefore): Promise<BothSides> {
  if (session !== undefined) {
    const opened = await openSession(session);
    const recording = onlyVariants(opened.session, base, changed);
    return { recording, traces: [{ loads: recording.loads, from: opened.folder }] };
  }
  const [one, other] = [await openSide(base), await openSide(changed)];
  return {
    recording: joinSessions(one.session, other.session),
    traces: [
      { loads: one.session.loads, from: one.folder, nameOf: (file) => fileOfSide(file, 'base') },
      { loads: other.session.loads, from: other.folder, nameOf: (file) => fileOfSide(file, 'changed') },
    ],
  };
}

/** Two recordings of one address are told apart by where they lie. */
async function openSide(path: string): Promise<{ readonly folder: string; readonly session: Session }> {
  const { folder, session } = await openSession(path);
  const variants = session.variants.map((variant) => ({
    ...variant,
    description: `${path} (${variant.description})`,
  }));
  return { folder, session: { ...session, variants } };
}
