import { type Comparison, compareSessions, type CompareSettings, compareVariants } from '../../src/index.ts';
import { openSession } from '../session-folder.ts';

export interface RecordedBefore {
  /** Folders of sessions, or with a session the names of two of its variants. */
  readonly base: string;
  readonly changed: string;
  readonly session: string | undefined;
  readonly settings: CompareSettings;
}

/** Compares what was recorded before. */
export async function compareRecorded({
  base,
  changed,
  session,
  settings,
}: RecordedBefore): Promise<Comparison> {
  if (session !== undefined) {
    return compareVariants((await openSession(session)).session, base, changed, settings);
  }
  const [first, second] = [await openSession(base), await openSession(changed)];
  return compareSessions(first.session, second.session, settings);
}
