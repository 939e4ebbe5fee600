import { join } from 'node:path';
import { Readable } from 'node:stream';
import { InpactError } from '../../base/errors.ts';
import { writeFileAtomically } from '../../node/write-file.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import { asItIs } from '../load/trace-recorder.ts';
import type { SessionOrder } from './session-order.ts';

/** Keeps what the server's trace holds of a load beside the page's own. */
export async function saveServerTrace(
  { server, folder, rewriteTrace = asItIs }: Pick<SessionOrder, 'server' | 'folder' | 'rewriteTrace'>,
  traceFile: string,
): Promise<SavedServerTrace> {
  if (server === undefined) return { file: null, problems: [] };
  let trace: Uint8Array;
  try {
    trace = await server.read();
  } catch (error) {
    if (!(error instanceof InpactError)) throw error;
    // It was there when the load began: what the page did is kept, and the load does not count.
    return { file: null, problems: [{ code: 'server-trace-missing', message: error.message }] };
  }
  const file = traceFile.replace(/\.json\.gz$/, '.server.json');
  const chunks: Uint8Array[] = [];
  for await (const chunk of rewriteTrace(Readable.from([trace]))) chunks.push(chunk);
  await writeFileAtomically(join(folder, file), Buffer.concat(chunks));
  return { file, problems: [] };
}

interface SavedServerTrace {
  readonly file: string | null;
  readonly problems: readonly LoadProblem[];
}
