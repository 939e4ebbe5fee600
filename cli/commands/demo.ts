import { startLab } from '../../fixtures/lab/start-lab.ts';
import { serverTraceAt } from '../../src/capture/server/server-trace-source.ts';
import { LAB_CLAIMS } from '../demo/lab-claims.ts';
import { ASYNC_BACKED, labScenario, SYNC_BACKED } from '../demo/lab-scenario.ts';
import type { Io } from '../io.ts';
import { record } from '../record.ts';
import type { Flags } from '../record-flags.ts';
import { RUNS } from '../runs.ts';
import { settingsFor } from '../settings.ts';

export interface DemoOptions extends Flags {
  readonly port: number;
}

/** Measures the starting claim on the lab that ships inside. */
export async function demoCommand({ port, ...flags }: DemoOptions, io: Io): Promise<void> {
  const settings = { runs: RUNS.demo, ...(await settingsFor(flags, io)) };
  const lab = await startLab({ port });
  try {
    await record(
      {
        scenario: labScenario(lab),
        variants: [
          {
            name: SYNC_BACKED,
            description: "The query runs on the server's event loop",
            url: `${lab.url}/?backend=sync`,
          },
          {
            name: ASYNC_BACKED,
            description: 'The same query in a worker thread',
            url: `${lab.url}/?backend=async`,
          },
        ],
        judges: LAB_CLAIMS,
        // As any server's is read: the lab has no channel of its own.
        server: serverTraceAt(lab.traceUrl),
      },
      settings,
      io,
    );
  } finally {
    await lab.stop();
  }
}
