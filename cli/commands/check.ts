import { appendFile, readFile } from 'node:fs/promises';
import {
  analyze,
  type Budget,
  checkSession,
  checkTrace,
  InpactError,
  type Judgement,
  readBudget,
} from '../../src/index.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import { writeFileAtomically } from '../../src/node/write-file.ts';
import type { InconclusivePolicy, Outcome } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { judgementCsv } from '../output/judgement-csv.ts';
import { judgementGithub } from '../output/judgement-github.ts';
import { judgementJunit } from '../output/judgement-junit.ts';
import { judgementMarkdown } from '../output/judgement-markdown.ts';
import { judgementSarif } from '../output/judgement-sarif.ts';
import { judgementText } from '../output/judgement-text.ts';
import type { Reporter, ReporterName } from '../reporter.ts';
import { isSession, openSession } from '../session-folder.ts';

export interface CheckOptions {
  readonly budget: string;
  /** Text on stdout, if absent. */
  readonly reporter?: readonly Reporter[];
  readonly onInconclusive: InconclusivePolicy;
}

const TEXT: Reporter = { name: 'text', file: undefined };

/** Judges a session, or one trace, by a budget, without a browser. */
export async function checkCommand(
  subject: string,
  { budget: budgetFile, reporter: reporters = [TEXT], onInconclusive }: CheckOptions,
  io: Io,
): Promise<Outcome> {
  const judgement = await judge(subject, await openBudget(budgetFile));
  for (const reporter of reporters) await report(judgement, reporter, io);
  return { kind: 'judged', verdict: judgement.verdict, onInconclusive };
}

async function judge(subject: string, budget: Budget): Promise<Judgement> {
  if (await isSession(subject)) return checkSession((await openSession(subject)).session, budget);
  return checkTrace(await analyze({ file: subject, bytes: readTrace(subject) }), budget);
}

async function openBudget(file: string): Promise<Budget> {
  return readBudget(await textOf(file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new InpactError('bad-budget', `The budget ${file} can't be read`, {
      hint: 'Give a JSON file; docs/budgets.md says what it holds.',
      cause,
    });
  }
}

async function report(judgement: Judgement, { name, file }: Reporter, io: Io): Promise<void> {
  const text = FORMATS[name](judgement);
  const summary = io.env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined) await writeFileAtomically(file, text);
  // Other steps of the same job may have written to it.
  else if (name === 'markdown' && summary !== undefined && summary !== '') await appendFile(summary, text);
  else io.stdout(text);
}

const FORMATS: Readonly<Record<ReporterName, (judgement: Judgement) => string>> = {
  text: judgementText,
  json: (judgement) => `${JSON.stringify(judgement, null, 1)}\n`,
  junit: judgementJunit,
  github: judgementGithub,
  markdown: judgementMarkdown,
  csv: judgementCsv,
  sarif: judgementSarif,
};
