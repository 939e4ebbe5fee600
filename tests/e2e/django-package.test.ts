import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { preparePython } from '../../fixtures/django/environment.ts';
import { findPython } from '../../fixtures/django/python.ts';
import { reasonToSkip } from '../support/without-python.ts';

const AGENT = join(import.meta.dirname, '../../src/server/django');

const python = await findPython(process.env);

test.skipIf(python === undefined)(
  `the Django agent passes its own tests${reasonToSkip(python)}`,
  async () => {
    const path = await preparePython({ env: process.env, withPostgres: false, notice: () => undefined });
    const { status, stdout } = spawnSync(path, ['-m', 'pytest', '-p', 'no:cacheprovider'], {
      cwd: AGENT,
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/\d+ passed/);
  },
  400_000,
);
