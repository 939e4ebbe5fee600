import type { NextStep } from '../answer.ts';
import type { InsightId } from '../findings-result.ts';
import type { FindingRow } from '../session-summary.ts';
import { placeWords } from './finding-place.ts';
import type { Session } from '../session.ts';
import { wholeMs } from './words.ts';

type Evidence = Pick<Session, 'findings' | 'scenario' | 'variants'>;

/** More is no next step any more. */
const MOST = 3;

/** What another finding of the same step and variant is the cause of, where it explains most of it. */
const CAUSES: Partial<Readonly<Record<InsightId, readonly InsightId[]>>> = {
  'server-loop-blocked': ['synchronous-query-on-event-loop'],
};
const MOST_OF_IT = 0.8;

/**
 * What recurs, each cause once: where it explains most. One run's accident is no next step.
 * @param told What the answer speaks of: its first cause comes before a longer wait elsewhere.
 */
export function nextSteps(
  { findings, scenario, variants }: Evidence,
  told?: Pick<FindingRow, 'step' | 'variant'>,
): readonly NextStep[] {
  const recurring = findings.filter(({ recurs }) => recurs);
  const causes = recurring
    .filter((row) => !isExplained(row, recurring))
    .toSorted((a, b) => b.explainsMs.median - a.explainsMs.median);
  // What takes no time is a mistake, and the result is wrong: nothing is more urgent.
  const mistakes = causes.filter(({ explainsMs }) => explainsMs.median === 0);
  const first = causes.find(({ step, variant }) => step === told?.step && variant === told.variant);
  // Of each cause the row that comes first is told: that it comes again changes nothing.
  const byCause = Map.groupBy([...mistakes, ...(first === undefined ? [] : [first]), ...causes], causeOf);
  return [...byCause.values()].slice(0, MOST).flatMap(([row]) => {
    if (row === undefined) return [];
    const { id, docs } = row.example;
    return [{ id, docs, sentence: sentenceOf(row, scenario, variants.length > 1) }];
  });
}

const isExplained = (row: FindingRow, others: readonly FindingRow[]): boolean =>
  others.some(
    (other) =>
      other.step === row.step &&
      other.variant === row.variant &&
      CAUSES[row.id]?.includes(other.id) === true &&
      other.explainsMs.median >= MOST_OF_IT * row.explainsMs.median,
  );

const causeOf = ({ id, example }: FindingRow): string => [id, ...placeWords(example.where)].join('|');

function sentenceOf(
  { step, variant, runs, ofRuns, explainsMs, example }: FindingRow,
  { steps }: Session['scenario'],
  hasVariants: boolean,
): string {
  const description = steps.find(({ name }) => name === step)?.description ?? step;
  const places = placeWords(example.where);
  const where = places.length === 0 ? '' : `, ${places.join(', ')}`;
  const sure = example.evidence === 'proven' ? '' : `, ${example.evidence}`;
  return `${example.title}${where}: ${wholeMs(explainsMs.median)} of “${insideQuotes(description)}”${hasVariants ? ` with ${variant}` : ''} (in ${String(runs)} of ${String(ofRuns)} loads${sure}). ${example.advice}`;
}

/** A step's description may hold quotes of its own. */
const insideQuotes = (text: string): string => text.replaceAll('“', '‘').replaceAll('”', '’');
