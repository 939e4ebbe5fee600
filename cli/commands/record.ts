import { BY_HAND } from '../../src/capture/load/by-hand.ts';
import type { ByHand } from '../../src/capture/load/load-order.ts';
import { serverTraceAt } from '../../src/capture/server/server-trace-source.ts';
import type { Settings } from '../../src/capture/settings/settings.ts';
import { InpactError } from '../../src/index.ts';
import { exploredScenario } from '../explore.ts';
import type { Io } from '../io.ts';
import { record } from '../record.ts';
import type { Flags } from '../record-flags.ts';
import { withOwnServer } from '../own-server.ts';
import { withResumed } from '../resume.ts';
import { settingsFor } from '../settings.ts';
import { refuseScenario, whatToDo, type WhatToDo } from '../what-to-do.ts';

/** Records the user's own site. */
export async function recordCommand(address: string | undefined, flags: Flags, io: Io): Promise<void> {
  const given = address === undefined ? {} : { url: address };
  const asked = forPeople(await settingsFor({ ...flags, ...given }, io));
  // Before anything is started, so that a slip of the pen costs nothing.
  const told = await toldToDo(asked);
  const url = httpUrl(asked.url ?? told?.scenario.url);
  await withOwnServer(asked, io, async (settings) => {
    const { scenario, size }: WhatToDo = told ?? { scenario: await exploredScenario(settings, url, io) };
    const variants = [{ name: 'page', description: url, url }];
    const server = settings.serverTrace === undefined ? {} : { server: serverTraceAt(settings.serverTrace) };
    const order = {
      scenario,
      variants,
      judges: [],
      ...server,
      ...(size === undefined ? {} : { size }),
      ...(settings.interactive ? { byHand: byHand(io) } : {}),
    };
    if (settings.resume === undefined) return await record(order, settings, io);
    const resumed = { folder: settings.resume, wanted: { scenario, size, url }, settings };
    await withResumed(resumed, io, (left) => record({ ...order, earlier: left.session }, left.settings, io));
  });
}

/** Undefined where it is found out on the page. */
async function toldToDo(settings: Settings): Promise<WhatToDo | undefined> {
  if (settings.interactive) {
    refuseScenario({ ...settings, actions: settings.auto ? ['auto'] : settings.actions }, '--interactive');
    return { scenario: BY_HAND };
  }
  if (!settings.auto) return whatToDo(settings);
  refuseScenario(settings, '--auto');
  return undefined;
}

/** A person does it once, in a window. */
const forPeople = (settings: Settings): Settings =>
  settings.interactive ? { ...settings, headed: true, runs: 1, warmUps: 0, repetitions: 1 } : settings;

const byHand = (io: Io): ByHand => ({
  onBegin() {
    io.stderr('Recording: use the page. Ctrl-C here, or closing its window, ends it.\n');
  },
  finished: io.untilEnough(),
});

function httpUrl(address: string | undefined): string {
  if (address === undefined) {
    throw new InpactError('bad-usage', 'It is not said which page to record', {
      hint: 'Give its address: inpact record http://localhost:8000/ --click "#search".',
    });
  }
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new InpactError('bad-usage', `${address} is not a web address`, {
    hint: /^[\w.-]+(:\d+)?(\/|$)/.test(address)
      ? `Did you mean http://${address}?`
      : 'Give one that begins with http:// or https://.',
  });
}
