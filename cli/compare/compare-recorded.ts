import {
  authoredSession,
  type ComparedSide,
  type Comparison,
  compareSessions,
  type CompareSettings,
  compareVariants,
  type Session,
} from '../../src/index.ts';
import { openSession } from '../session-folder.ts';
import { sourceMapsIn } from '../source-maps-at.ts';

export interface RecordedBefore {
  /** Folders of sessions, or with a session the names of two of its variants. */
  readonly base: string;
  readonly changed: string;
  readonly session: string | undefined;
  readonly settings: CompareSettings;
  readonly sourceMaps: string | undefined;
}

/** Compares what was recorded before. */
export async function compareRecorded(before: RecordedBefore): Promise<Comparison> {
  const { base, changed, session, settings, sourceMaps } = before;
  const maps = await sourceMapsIn(sourceMaps);
  const open = async (path: string): Promise<Session> =>
    authoredSession((await openSession(path)).session, maps);
  if (session !== undefined) return compareVariants(await open(session), base, changed, settings);
  const comparison = compareSessions(await open(base), await open(changed), settings);
  return {
    ...comparison,
    base: inFolder(base, comparison.base),
    changed: inFolder(changed, comparison.changed),
  };
}

/** Two recordings of one address are told apart by where they lie. */
const inFolder = (folder: string, side: ComparedSide): ComparedSide => ({
  ...side,
  description: `${folder} (${side.description})`,
});
