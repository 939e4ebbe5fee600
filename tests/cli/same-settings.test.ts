import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { refuseOtherSettings } from '../../cli/same-settings.ts';
import { refuseRecorded } from '../../cli/session-folder.ts';
import { environmentOf } from '../../src/capture/settings/build-environment.ts';
import { settingsSchema } from '../../src/capture/settings/settings.ts';
import type { CpuThrottle, Session } from '../../src/index.ts';
import { sampleSession } from '../support/sample-session.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const asked = (change: object = {}) => v.parse(settingsSchema, change);

/** A session that was recorded with these settings. */
async function recordedWith(change: object, cpu: Partial<CpuThrottle> = {}): Promise<Session> {
  const session = sampleSession();
  const { settings, viewport } = await environmentOf(asked(change), undefined);
  const browser = { ...settings, cpu: { ...settings.cpu, ...cpu } };
  return { ...session, environment: { ...session.environment, browser, viewport } };
}

describe('a recording goes on', () => {
  test.each([
    ['without any settings', {}],
    ['in the same language', { locale: 'de-DE' }],
    ['in the same window', { viewport: '800x600' }],
  ])('%s', async (_, settings) => {
    await expect(
      refuseOtherSettings(await recordedWith(settings), asked(settings), undefined),
    ).resolves.toBeUndefined();
  });

  test.each([
    ['in another language', { locale: 'fr-FR' }, 'locale'],
    ['in a wider window', { locale: 'de-DE', viewport: '1300x800' }, 'viewport'],
    ['in a higher window', { locale: 'de-DE', viewport: '1280x900' }, 'viewport'],
    ['slowed down', { locale: 'de-DE', cpuThrottle: 4 }, 'cpuThrottle'],
  ])('not %s', async (_, settings, named) => {
    await expect(
      refuseOtherSettings(await recordedWith({ locale: 'de-DE' }), asked(settings), undefined),
    ).rejects.toThrow(new RegExp(`other settings: ${named}$`));
  });

  test('slowed down by a number only where it was, and not where a class of devices came to the same', async () => {
    const byClass = await recordedWith({}, { rate: 4, deviceClass: 'low-tier-mobile' });
    await expect(refuseOtherSettings(byClass, asked({ cpuThrottle: 4 }), undefined)).rejects.toThrow(
      'cpuThrottle',
    );
    const byNumber = await recordedWith({}, { rate: 4 });
    await expect(
      refuseOtherSettings(byNumber, asked({ cpuThrottle: 4 }), undefined),
    ).resolves.toBeUndefined();
  });
});

test.each(['session.json', 'Trace-20261127T100000.json.gz'])(
  'nothing is recorded into a folder that holds %s already',
  async (name) => {
    const folder = join(await temporaryFolder(), 'results');
    await expect(refuseRecorded(folder)).resolves.toBeUndefined();
    await mkdir(folder);
    await writeFile(join(folder, 'notes.txt'), '');
    await expect(refuseRecorded(folder)).resolves.toBeUndefined();
    await writeFile(join(folder, name), '{}');
    await expect(refuseRecorded(folder)).rejects.toThrow('holds a recording already');
  },
);
