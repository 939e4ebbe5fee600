import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { calibrationSchema } from '../../src/result/schema/schema-calibration.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the lab is loaded untraced and under each preset, and the page itself tells its times', async () => {
  const folder = await temporaryFolder();
  const { code, stdout } = await inpact(['calibrate', '-n', '1', '--warm-ups', '0', '-o', folder]);
  expect(code).toBe(0);
  expect(stdout).toContain('xhr-report');
  // The traces were written, and nobody needs them.
  expect(await readdir(folder)).toEqual(['calibration.json']);
  const calibration: unknown = JSON.parse(await readFile(join(folder, 'calibration.json'), 'utf8'));
  const blocked = { step: 'xhr-report', inpMs: expect.any(Number), icpMs: expect.any(Number) };
  const load = expect.objectContaining({ problems: [], steps: expect.arrayContaining([blocked]) });
  expect(v.parse(calibrationSchema, calibration)).toEqual(calibration);
  expect(calibration).toMatchObject({ kind: 'calibration', loads: [load, load, load] });
});
