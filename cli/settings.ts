import { loadConfig } from '../src/capture/settings/load-config.ts';
import { readSettings, settingsIn } from '../src/capture/settings/read-settings.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import type { Io } from './io.ts';
import { type Flags, givenFlags } from './record-flags.ts';

/**
 * What holds for a recording: flags over environment over configuration file.
 * @param defaults Of the command, where they are others than those of the settings.
 */
export async function settingsFor(
  { config, ...flags }: Flags,
  io: Io,
  defaults: Partial<Settings> = {},
): Promise<Settings> {
  const file = await loadConfig(typeof config === 'string' ? config : undefined);
  return readSettings([
    { name: 'The command', values: defaults },
    file,
    settingsIn(io.env),
    { name: 'The command line', values: givenFlags(flags) },
  ]);
}
