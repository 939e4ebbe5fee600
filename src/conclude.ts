import { VERSION } from './base/version.ts';
import type { Claim } from './result/claim.ts';
import { answer } from './result/words/answer.ts';
import type { Recording, Session } from './result/session.ts';
import { summarizeFindings } from './result/summary/summarize-findings.ts';
import { summarizePipelines } from './result/summary/summarize-pipelines.ts';
import { summarize } from './result/summary/summarize.ts';
import type { Evidence } from './budget/improvement-claim.ts';

/** Judges one claim by a session's evidence. */
export type Judge = (evidence: Evidence) => Claim;

/** Turns a recording into a session: what its loads add up to, which claims hold, and the answer in words. */
export function conclude(recording: Recording, judges: readonly Judge[]): Session {
  const { scenario, variants, loads } = recording;
  const steps = scenario.steps.map(({ name }) => name);
  const names = variants.map(({ name }) => name);
  const summary = summarize(loads, steps, names);
  const findings = summarizeFindings(loads, steps, names);
  const evidence = { scenario, variants, loads, summary, findings };
  return {
    schemaVersion: 1,
    kind: 'session',
    inpactVersion: VERSION,
    ...recording,
    summary,
    pipelines: summarizePipelines(loads, steps, names),
    findings,
    claims: judges.map((judge) => judge(evidence)),
    answer: answer(evidence),
  };
}
