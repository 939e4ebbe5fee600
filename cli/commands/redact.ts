import { numberText } from '../../src/index.ts';
import { writeGzipped } from '../../src/node/write-gzipped.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import { redactTrace } from '../../src/redact/redact-trace.ts';
import type { Io } from '../io.ts';
import { termText } from '../output/terminal.ts';

export interface RedactOptions {
  readonly level: 'strict' | 'default';
  readonly output?: string;
}

/** Writes a trace anew without what may be secret. */
export async function redactCommand(trace: string, { level, output }: RedactOptions, io: Io): Promise<void> {
  const path = output ?? `${trace.replace(/(\.json)?(\.(gz|zst))?$/, '')}.redacted.json.gz`;
  let changed = 0;
  await writeGzipped(
    path,
    redactTrace(copied(readTrace(trace)), level, () => {
      changed++;
    }),
  );
  io.stderr(`${numberText(changed)} events lost something.\n`);
  io.stdout(`${termText(path)}\n`);
}

/** A chunk of `readTrace` is valid only until the next is asked for. */
async function* copied(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}
