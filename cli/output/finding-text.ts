import {
  type FindingRow,
  type InsightFinding,
  type InsightOutcome,
  numberText,
  placeWords,
  type Session,
} from '../../src/index.ts';
import { term } from './terminal.ts';

/** At most so many findings of a trace, and of a step: the rest is in the JSON. */
const MOST = 5;
const MOST_OF_STEP = 3;

/** What made users wait in one trace, and what could not be looked at. */
export function findingText(
  findings: readonly InsightFinding[],
  insights: readonly InsightOutcome[],
): readonly string[] {
  // What takes no time is a mistake all the same, and must not be cut off for coming last.
  const shown = findings.filter(({ explainsMs }, index) => index < MOST || explainsMs === 0);
  const more = findings.length - shown.length;
  return [
    ...(findings.length === 0 ? [] : ['What users waited for:']),
    ...shown.flatMap((finding) => [
      `  ${whole(finding.explainsMs)}  ${finding.title} (${finding.evidence}), interaction #${String(finding.interactionId)}`,
      `           ${[...placeWords(finding.where).map(term), finding.docs].join(' · ')}`,
    ]),
    ...(more > 0 ? [`  … and ${numberText(more)} more (--json lists all)`] : []),
    ...notLookedAt(insights),
  ];
}

function notLookedAt(insights: readonly InsightOutcome[]): readonly string[] {
  const unavailable = insights.filter((insight) => insight.status === 'unavailable');
  const byReason = Map.groupBy(unavailable, ({ reason }) => reason);
  // Without an interaction there is nothing that an insight could look at.
  byReason.delete('no-interactions');
  const failed = insights.filter((insight) => insight.status === 'failed');
  return [
    ...Array.from(
      byReason,
      ([reason, own]) => `Not known (${reason}): ${own.map(({ id }) => id).join(', ')}`,
    ),
    ...failed.map(
      ({ id, message }) => `The insight ${id} failed, which is a bug of INPact's: ${term(message)}`,
    ),
  ];
}

/** What no load could look at, and what failed in any. */
export function notLookedAtInSession({ loads }: Pick<Session, 'loads'>): readonly string[] {
  const traces = loads.flatMap(({ trace }) => trace ?? []);
  const byId = Map.groupBy(
    traces.flatMap(({ insights }) => insights),
    ({ id }) => id,
  );
  return notLookedAt(
    [...byId.values()].flatMap((own) => {
      const failed = own.filter(({ status }) => status === 'failed').slice(0, 1);
      return own.every(({ status }) => status === 'unavailable') ? own.slice(0, 1) : failed;
    }),
  );
}

/** What recurs in the loads of each step and variant. */
export function findingRowsText(rows: readonly FindingRow[]): readonly string[] {
  const recurring = rows.filter(({ recurs }) => recurs);
  if (recurring.length === 0) return [];
  const byStep = Map.groupBy(recurring, ({ step, variant }) => `${term(step)}, ${term(variant)}`);
  const seldom = rows.length - recurring.length;
  return [
    'What users waited for, in more than half of the loads (each has its page, docs/insights/<name>.md):',
    ...Array.from(byStep, ([step, own]) => [step, ...own.slice(0, MOST_OF_STEP).map(rowText)]).flat(),
    ...(seldom === 0
      ? []
      : [`${String(seldom)} more in fewer loads: the report and session.json have them.`]),
  ];
}

function rowText({ id, runs, ofRuns, explainsMs, example }: FindingRow): string {
  const sure = example.evidence === 'proven' ? '' : `, ${example.evidence}`;
  const places = placeWords(example.where).map(term);
  const where = places.length === 0 ? '' : `: ${places.join(' · ')}`;
  return `  ${whole(explainsMs.median)}  ${id} (${String(runs)}/${String(ofRuns)}${sure})${where}`;
}

const whole = (ms: number): string => `${numberText(ms).padStart(5)} ms`;
