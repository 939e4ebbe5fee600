// A module that was moved or deleted leaves its output behind, and `npm pack` would publish it.

import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const OUTPUT = 'dist/{src,cli,fixtures}/**/*.{js,d.ts,d.ts.map}';

/** Removes what was compiled from sources that are no longer there. */
export function removeStaleOutput(/** @type {string} */ root) {
  for (const file of globSync(OUTPUT, { cwd: root })) {
    const source = file.replace(/^dist[/\\]/, '').replace(/\.(?:js|d\.ts|d\.ts\.map)$/, '');
    const isMade = ['.ts', '.js'].some((ending) => existsSync(join(root, source + ending)));
    if (!isMade) rmSync(join(root, file));
  }
}
