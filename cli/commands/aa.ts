import { join } from 'node:path';
import { serverTraceAt } from '../../src/capture/server/server-trace-source.ts';
import type { SelfTest } from '../../src/index.ts';
import { writeFileAtomically } from '../../src/node/write-file.ts';
import { PAIR_DEFAULTS, splitFlags } from '../compare/flags.ts';
import { knownDelay } from '../compare/known-delay.ts';
import { type PairsOrder, recordPairs } from '../compare/record-pairs.ts';
import { controlDelay, selfTestOf } from '../compare/self-test.ts';
import { compareSettingsOf } from '../compare/settings-of.ts';
import type { Outcome } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { jsonText } from '../output/json-text.ts';
import { selfTestText } from '../output/self-test-text.ts';
import { withOwnServer } from '../own-server.ts';
import type { Flags } from '../record-flags.ts';
import { settingsFor } from '../settings.ts';
import { whatToDo } from '../what-to-do.ts';

/** Compares a page with itself, and with itself held up on purpose: what this machine's comparisons are worth. */
export async function aaCommand(address: string, given: Flags, io: Io): Promise<Outcome> {
  const { own, recording } = splitFlags(given);
  const asked = await settingsFor(recording, io, PAIR_DEFAULTS);
  const { scenario, size } = await whatToDo(asked);
  const compare = compareSettingsOf(own);
  const selfTest = await withOwnServer(asked, io, (settings) => {
    const { serverTrace } = settings;
    return recordSelfTest(
      {
        addresses: { base: address, changed: address },
        scenario,
        settings,
        compare,
        ...(size === undefined ? {} : { size }),
        ...(serverTrace === undefined ? {} : { server: serverTraceAt(serverTrace) }),
      },
      io,
    );
  });
  io.stdout(own.json ? jsonText(selfTest) : selfTestText(selfTest));
  return { kind: 'judged', verdict: selfTest.verdict, onInconclusive: 'report' };
}

async function recordSelfTest(order: PairsOrder, io: Io): Promise<SelfTest> {
  const { settings, compare } = order;
  const same = await recordPairs({ ...order, endsWithVerdict: false }, io);
  const delayMs = controlDelay(same.comparison);
  const output = join(same.folder, 'control');
  const slowed = await recordPairs(
    { ...order, settings: { ...settings, output }, injected: knownDelay(delayMs) },
    io,
  );
  const selfTest = selfTestOf({ ...same, compare, control: { delayMs, comparison: slowed.comparison } });
  await writeFileAtomically(join(same.folder, 'self-test.json'), jsonText(selfTest));
  return selfTest;
}
