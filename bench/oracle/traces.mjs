import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** The last version whose package holds the traces that Chrome's own tests read. */
const PACKAGE = 'chrome-devtools-frontend@1.0.1445635';
const FOLDER = join(tmpdir(), 'inpact-oracle');
/** Packed. The other engines take minutes and gigabytes for what is larger. */
const LARGEST_BYTES = 3e6;

/** The public traces, fetched only once: 190 MB. */
export function publicTraces() {
  if (!existsSync(FOLDER)) fetchTo(FOLDER);
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => join(FOLDER, name))
    .filter((file) => statSync(file).size <= LARGEST_BYTES)
    .toSorted((a, b) => basename(a).localeCompare(basename(b)));
}

function fetchTo(/** @type {string} */ folder) {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: unfinished });
  const [archive = ''] = readdirSync(unfinished);
  execFileSync('tar', ['xzf', archive, 'package/front_end/panels/timeline/fixtures/traces'], {
    cwd: unfinished,
  });
  rmSync(join(unfinished, archive));
  renameSync(unfinished, folder);
}
