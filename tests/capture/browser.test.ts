import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { launchBrowser } from '../../src/capture/browser/browser.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SCRIPTS: Readonly<Record<string, string>> = {
  'a browser that ends at once': 'exit 1',
  'a browser that the system forbids its sandbox': 'echo "No usable sandbox!" >&2; exit 1',
  'what is no browser': 'echo hello',
};

test.runIf(process.platform !== 'win32').each(Object.entries(SCRIPTS))(
  '%s is named, and leaves no profile behind',
  async (_, script) => {
    const folder = await temporaryFolder();
    const chromePath = join(folder, 'chrome');
    await writeFile(chromePath, `#!/bin/sh\n${script}\n`);
    await chmod(chromePath, 0o755);
    vi.stubEnv('TMPDIR', folder);
    try {
      const launched = launchBrowser({ chromePath, headless: true, isRoot: false, report: () => undefined });
      await expect(launched).rejects.toMatchObject({
        code: 'browser-failed',
        message: expect.stringContaining(chromePath),
        hint: expect.stringMatching(script.includes('sandbox') ? /aa-exec/ : /--chrome-path/),
      });
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await readdir(folder)).toEqual(['chrome']);
  },
);
