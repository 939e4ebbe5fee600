import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type ComparedDocument, InpactError, type Session, type TraceDocument } from '../../src/index.ts';

const SESSION_ISLAND = '<script type="application/octet-stream" id="session"></script>';
const TRACKS_ISLAND = '<script type="application/octet-stream" id="tracks"></script>';
const TITLE = '<title>INPact report</title>';

/** What a report may be of. */
export type ReportDocument = Session | TraceDocument | ComparedDocument;

/** The timeline of one load, packed, compressed and in base64. */
export interface PackedTracks {
  /** Of the load, or the trace's file. */
  readonly id: string;
  readonly base64: string;
}

/**
 * Puts what a report shows into its template, which `vite build` makes. Everything travels as gzip in base64, whose
 * alphabet cannot close the element, in script elements of a type that no browser runs.
 */
export async function reportHtml(
  template: string,
  content: ReportDocument,
  tracks: readonly PackedTracks[] = [],
): Promise<string> {
  const island = SESSION_ISLAND.replace('></', `>${await packed(JSON.stringify(content))}</`);
  const name = nameOf(content);
  const page = filled(
    filled(template, SESSION_ISLAND, island),
    TITLE,
    `<title>${escaped(name)} · INPact</title>`,
  );
  return filled(page, TRACKS_ISLAND, tracks.map(tracksIsland).join(''));
}

function nameOf(content: ReportDocument): string {
  if (content.kind === 'trace') return content.trace.file;
  return content.kind === 'session' ? content.scenario.name : content.comparison.subject;
}

export const packed = async (content: string | Uint8Array): Promise<string> =>
  (await promisify(gzip)(content, { level: 9 })).toString('base64');

const tracksIsland = ({ id, base64 }: PackedTracks): string =>
  `<script type="application/octet-stream" data-tracks="${escaped(id)}">${base64}</script>`;

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
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
