import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingsFor } from '../../cli/settings.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const fileWith = async (repetitions: number): Promise<string> => {
  const file = join(await temporaryFolder(), 'inpact.config.json');
  await writeFile(file, JSON.stringify({ repetitions }));
  return file;
};

describe('what holds for a recording', () => {
  const env = { INPACT_REPETITIONS: '3' };

  test('is what the command line says, or the environment, or the file, or the command itself, in this order', async () => {
    const config = await fileWith(2);
    const command = { repetitions: 5 };
    const empty = join(await temporaryFolder(), 'inpact.config.json');
    await writeFile(empty, '{}');
    const [all, withoutFlag, withoutEnv, withoutFile] = await Promise.all([
      settingsFor({ config, repetitions: 4 }, fakeIo({ env }), command),
      settingsFor({ config }, fakeIo({ env }), command),
      settingsFor({ config }, fakeIo(), command),
      settingsFor({ config: empty }, fakeIo(), command),
    ]);
    expect([all, withoutFlag, withoutEnv, withoutFile].map(({ repetitions }) => repetitions)).toEqual([
      4, 3, 2, 5,
    ]);
    expect((await settingsFor({ config: empty }, fakeIo())).repetitions).toBe(1);
  });
});
