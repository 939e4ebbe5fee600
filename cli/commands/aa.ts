import { join } from 'node:path';
import { writeFileAtomically } from '../../src/node/write-file.ts';
import { PAIR_DEFAULTS, splitFlags } from '../compare/flags.ts';
import { knownDelay } from '../compare/known-delay.ts';
import { recordPairs } from '../compare/record-pairs.ts';
import { controlDelay, selfTestOf } from '../compare/self-test.ts';
import { compareSettingsOf } from '../compare/settings-of.ts';
import type { Outcome } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { jsonText } from '../output/json-text.ts';
import { selfTestText } from '../output/self-test-text.ts';
import type { Flags } from '../record-flags.ts';
import { settingsFor } from '../settings.ts';
import { whatToDo } from '../what-to-do.ts';

/** Compares a page with itself, and with itself held up on purpose: what this machine's comparisons are worth. */
export async function aaCommand(address: string, given: Flags, io: Io): Promise<Outcome> {
  const { own, recording } = splitFlags(given);
  const settings = await settingsFor(recording, io, PAIR_DEFAULTS);
  const { scenario, size } = await whatToDo(settings);
  const compare = compareSettingsOf(own);
  const order = {
    addresses: { base: address, changed: address },
    scenario,
    settings,
    compare,
    ...(size === undefined ? {} : { size }),
  };
  const same = await recordPairs({ ...order, endsWithVerdict: false }, io);
  const delayMs = controlDelay(same.comparison);
  const output = join(same.folder, 'control');
  const slowed = await recordPairs(
    { ...order, settings: { ...settings, output }, injected: knownDelay(delayMs) },
    io,
  );
  const selfTest = selfTestOf({ ...same, compare, control: { delayMs, comparison: slowed.comparison } });
  const json = jsonText(selfTest);
  await writeFileAtomically(join(same.folder, 'self-test.json'), json);
  io.stdout(own.json ? json : selfTestText(selfTest));
  return { kind: 'judged', verdict: selfTest.verdict, onInconclusive: 'report' };
}
