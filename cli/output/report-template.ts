import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { InpactError } from '../../src/index.ts';

/** The built viewer: beside the compiled command line, or in `dist` where this runs from its source. */
const PLACES: readonly URL[] = [
  new URL('../../viewer/report.html', import.meta.url),
  new URL('../../dist/viewer/report.html', import.meta.url),
];

export async function readTemplate(): Promise<string> {
  const template = PLACES.find((place) => existsSync(place));
  if (template !== undefined) return readFile(template, 'utf8');
  throw new InpactError('unreadable-file', 'The report viewer has not been built', {
    hint: 'Run `npm run build` in the checkout.',
  });
}
