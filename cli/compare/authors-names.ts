import { authoredSession, type Session } from '../../src/index.ts';
import { readSourceMaps } from '../../src/node/read-source-maps.ts';

/** The same session with the author's files, lines and names, where a folder of source maps is given. */
export async function withAuthorsNames(session: Session, folder: string | undefined): Promise<Session> {
  return authoredSession(session, folder === undefined ? [] : await readSourceMaps(folder));
}
