import { loadScenario } from '../../src/capture/load-scenario.ts';
import { serverTraceAt } from '../../src/capture/server-trace-source.ts';
import { InpactError } from '../../src/index.ts';
import type { Io } from '../io.ts';
import { record, type RecordOptions } from '../record.ts';

export interface RecordCommandOptions extends RecordOptions {
  readonly scenario: string;
  /** The address at which the server gives the trace that it keeps of itself, or a file that it writes. */
  readonly serverTrace?: string | undefined;
}

/** Records the user's own site. */
export async function recordCommand(address: string, options: RecordCommandOptions, io: Io): Promise<void> {
  const url = httpUrl(address);
  const scenario = await loadScenario(options.scenario);
  const variants = [{ name: 'page', description: url, url }];
  const server = options.serverTrace === undefined ? {} : { server: serverTraceAt(options.serverTrace) };
  await record({ scenario, variants, judges: [], ...server }, options, io);
}

function httpUrl(address: string): string {
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new InpactError('bad-usage', `${address} is not a web address`, {
    hint: 'Give one that begins with http:// or https://.',
  });
}
