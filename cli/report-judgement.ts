import { appendFile } from 'node:fs/promises';
import type { Comparison, FindingRow, Judgement } from '../src/index.ts';
import { writeFailed, writeFileAtomically } from '../src/node/write-file.ts';
import type { Io } from './io.ts';
import { jsonText } from './output/json-text.ts';
import { judgementCsv } from './output/judgement-csv.ts';
import { judgementGithub } from './output/judgement-github.ts';
import { judgementJunit } from './output/judgement-junit.ts';
import { judgementMarkdown } from './output/judgement-markdown.ts';
import { judgementSarif } from './output/judgement-sarif.ts';
import { judgementText } from './output/judgement-text.ts';
import type { JudgementView } from './output/judgement-view.ts';
import { viewOf } from './output/view-of.ts';
import type { Reporter, ReporterName } from './reporter.ts';

const TEXT: Reporter = { name: 'text', file: undefined };

/**
 * Writes a judgement in every form that is asked for; as text on stdout, if none is.
 * @param findings Of the session that was judged.
 */
export async function reportJudgement(
  judged: Judgement | Comparison,
  reporters: readonly Reporter[] | undefined,
  io: Io,
  findings?: readonly FindingRow[],
): Promise<void> {
  const view = viewOf(judged, findings);
  for (const { name, file } of reporters ?? [TEXT]) {
    const text = name === 'json' ? jsonText(judged) : FORMATS[name](view);
    const summary = io.env['GITHUB_STEP_SUMMARY'];
    if (file !== undefined) await writeFileAtomically(file, text);
    // Other steps of the same job may have written to it.
    else if (name === 'markdown' && summary !== undefined && summary !== '') await append(summary, text);
    else io.stdout(text);
  }
}

async function append(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text);
  } catch (cause) {
    throw writeFailed(`The summary ${file}`, cause);
  }
}

const FORMATS: Readonly<Record<Exclude<ReporterName, 'json'>, (view: JudgementView) => string>> = {
  text: judgementText,
  junit: judgementJunit,
  github: judgementGithub,
  markdown: judgementMarkdown,
  csv: judgementCsv,
  sarif: judgementSarif,
};
