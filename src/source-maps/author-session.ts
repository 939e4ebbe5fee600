import type { Load } from '../result/load.ts';
import type { Session } from '../result/session.ts';
import { summarizeFindings } from '../result/summary/summarize-findings.ts';
import { answer } from '../result/words/answer.ts';
import { authored, authoredStep } from './author-result.ts';
import { type Locate, locator, type SourceMap } from './source-maps.ts';

/** A session in which files, lines and names are the author's wherever the maps know them, in its findings and its answer too. */
export function authoredSession(session: Session, maps: readonly SourceMap[]): Session {
  if (maps.length === 0) return session;
  const locate = locator(maps);
  const loads = session.loads.map((load) => authoredLoad(load, locate));
  const steps = session.scenario.steps.map(({ name }) => name);
  const variants = session.variants.map(({ name }) => name);
  const findings = summarizeFindings(loads, steps, variants);
  return { ...session, loads, findings, answer: answer({ ...session, findings }) };
}

const authoredLoad = (load: Load, locate: Locate): Load => ({
  ...load,
  trace: load.trace === null ? null : authored(load.trace, locate),
  steps: load.steps.map((step) => ({ ...step, ...authoredStep(step, locate) })),
});
