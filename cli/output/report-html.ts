import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { InpactError, type Session } from '../../src/index.ts';

const ISLAND = '<script type="application/octet-stream" id="session"></script>';
const TITLE = '<title>INPact report</title>';

/**
 * Puts a session into the report's template, which `vite build` makes. The session travels as gzip in base64, whose
 * alphabet cannot close the element, in a script element of a type that no browser runs.
 */
export async function reportHtml(template: string, session: Session): Promise<string> {
  const packed = await promisify(gzip)(JSON.stringify(session), { level: 9 });
  const island = ISLAND.replace('></', `>${packed.toString('base64')}</`);
  const title = `<title>${escaped(session.scenario.name)} · INPact</title>`;
  return filled(filled(template, ISLAND, island), TITLE, title);
}

function filled(template: string, placeholder: string, content: string): string {
  const [before, after, ...rest] = template.split(placeholder);
  if (before === undefined || after === undefined || rest.length > 0) {
    throw new InpactError('write-failed', `The report template must have exactly one ${placeholder}`, {
      hint: 'Run `npm run build` to make dist/viewer/report.html again.',
    });
  }
  return before + content + after;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
