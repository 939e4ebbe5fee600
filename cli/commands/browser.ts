import { findChrome, type FoundChrome } from '../../src/capture/browser/find-chrome.ts';
import { installChrome } from '../../src/capture/browser/install-chrome.ts';
import { InpactError } from '../../src/index.ts';
import type { Io } from '../io.ts';
import { termText } from '../output/terminal.ts';

export interface BrowserOptions {
  readonly chromePath?: string;
  readonly install: boolean;
}

/** Says which Chrome INPact uses, and installs one if asked to and there is none. */
export async function browserCommand(options: BrowserOptions, io: Io): Promise<void> {
  const { path, source } = await findOrInstall(options, io);
  io.stdout(`${termText(path)} (${source})\n`);
}

async function findOrInstall({ chromePath, install }: BrowserOptions, io: Io): Promise<FoundChrome> {
  try {
    return await findChrome({ env: io.env, ...(chromePath === undefined ? {} : { chromePath }) });
  } catch (error) {
    // A browser that the user names must be there: installing another would not be what was asked for.
    const isMissing = error instanceof InpactError && error.code === 'no-browser' && chromePath === undefined;
    if (!install || !isMissing) throw error;
    const report = (line: string): void => {
      io.stderr(`${line}\n`);
    };
    return installChrome({ env: io.env, report });
  }
}
