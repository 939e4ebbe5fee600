import { readFile, stat } from 'node:fs/promises';
import { InpactError } from '../../base/errors.ts';
import { redactText } from '../../redact/redact-text.ts';

/** Where the trace is had that a server keeps of itself: read after each load, and forgotten before it. */
export interface ServerTraceSource {
  /** @throws {InpactError} `server-trace-unreachable` */
  reset(): Promise<void>;
  /** @throws {InpactError} `server-trace-unreachable`, `server-trace-too-large` or `no-such-file`. */
  read(): Promise<Uint8Array>;
}

export interface ServerTraceLimits {
  readonly deadlineMs: number;
  readonly mostBytes: number;
}

/** What an agent keeps at most, 100,000 events, is 50 MB with long stacks. */
const LIMITS: ServerTraceLimits = { deadlineMs: 20_000, mostBytes: 2 ** 28 };

/** @param place The address at which the server gives its trace, or a file that it writes. */
export function serverTraceAt(place: string, limits: ServerTraceLimits = LIMITS): ServerTraceSource {
  const isAddress = URL.canParse(place) && /^https?:$/.test(new URL(place).protocol);
  return isAddress ? overHttp(place, limits) : inFile(place, limits);
}

function overHttp(url: string, { deadlineMs, mostBytes }: ServerTraceLimits): ServerTraceSource {
  /** The deadline is one for the answer and its body: a server may begin to answer and never end. */
  const ask = async (method: 'GET' | 'DELETE'): Promise<Uint8Array> => {
    try {
      const response = await fetch(url, { method, signal: AbortSignal.timeout(deadlineMs) });
      const body = await bodyOf(response, { url, mostBytes });
      if (!response.ok) throw new Error(`it answered ${String(response.status)} to ${method}`);
      return body;
    } catch (error) {
      throw error instanceof InpactError ? error : unreachable(url, error);
    }
  };
  return {
    async reset() {
      await ask('DELETE');
    },
    read: () => ask('GET'),
  };
}

async function bodyOf(
  { body }: Response,
  { url, mostBytes }: { readonly url: string; readonly mostBytes: number },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Counted as it comes: what a header says of the length need not be true.
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge(url, mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whoever writes the file decides when it begins anew: what is older than a load lies before it in time. */
const inFile = (path: string, { mostBytes }: ServerTraceLimits): ServerTraceSource => ({
  reset: () => Promise.resolve(),
  async read() {
    try {
      const { size } = await stat(path);
      if (size > mostBytes) throw tooLarge(path, mostBytes);
      return await readFile(path);
    } catch (error) {
      if (error instanceof InpactError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new InpactError('no-such-file', `The server's trace can't be read: ${why}`, {
        hint: 'Let the server write its trace there before the first load ends, or give its address.',
        cause: error,
      });
    }
  },
});

function unreachable(url: string, error: unknown): InpactError {
  // This goes into logs, sessions and reports, and `fetch` repeats an address that it does not take.
  const message = redactText(`${url} gave no trace: ${reasonOf(error)}`);
  return new InpactError('server-trace-unreachable', message, {
    hint: "Mount the agent's handler there for GET and DELETE: see docs/server-agent.md.",
    cause: error,
  });
}

/** What `fetch` throws says only that it failed; why is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

const tooLarge = (place: string, mostBytes: number): InpactError =>
  new InpactError(
    'server-trace-too-large',
    `The server's trace at ${redactText(place)} is larger than ${String(mostBytes / 2 ** 20)} MB`,
    { hint: 'Let the server forget what it has (DELETE), or keep fewer events.' },
  );
