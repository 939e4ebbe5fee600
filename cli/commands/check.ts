import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  analyze,
  type Budget,
  checkSession,
  checkTrace,
  type FindingRow,
  InpactError,
  type Judgement,
  type Measure,
  readBudget,
  unavailable,
} from '../../src/index.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import type { InconclusivePolicy, Outcome } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Reporter } from '../reporter.ts';
import { reportJudgement } from '../report-judgement.ts';
import { isSession, openSession } from '../session-folder.ts';

export interface CheckOptions {
  readonly budget: string;
  /** Text on stdout, if absent. */
  readonly reporter?: readonly Reporter[];
  readonly onInconclusive: InconclusivePolicy;
}

/** Judges a session, or one trace, by a budget, without a browser. */
export async function checkCommand(
  subject: string,
  { budget: budgetFile, reporter, onInconclusive }: CheckOptions,
  io: Io,
): Promise<Outcome> {
  const { judgement, findings } = await judge(subject, await openBudget(budgetFile));
  await reportJudgement(judgement, reporter, io, findings);
  return { kind: 'judged', verdict: judgement.verdict, onInconclusive };
}

interface Judged {
  readonly judgement: Judgement;
  readonly findings: readonly FindingRow[];
}

async function judge(subject: string, budget: Budget): Promise<Judged> {
  if (await isSession(subject)) {
    const { session, folder } = await openSession(subject);
    const size = await sizeOf(join(folder, 'report.html'));
    return { judgement: checkSession(session, budget, size), findings: session.findings };
  }
  const trace = await analyze({ file: subject, bytes: readTrace(subject) });
  return { judgement: checkTrace(trace, budget), findings: [] };
}

/** In thousands of bytes. */
async function sizeOf(report: string): Promise<Measure> {
  try {
    return (await stat(report)).size / 1000;
  } catch {
    return unavailable('no-report');
  }
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
