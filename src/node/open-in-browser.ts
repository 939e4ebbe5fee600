import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { platform } from 'node:process';

/** What opens a file with the program that the user chose for it. Called without a shell: a path is never a command. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer.exe' };

/** Opens a page that lies on this machine. False where nothing could be started. */
export function openInBrowser(
  path: string,
  opener: string = OPENERS[platform] ?? 'xdg-open',
): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(opener, [resolve(path)], { detached: true, stdio: 'ignore' });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}
