import Table from 'cli-table3';
import type { Entry, JudgementView } from './judgement-view.ts';
import { term, termText } from './terminal.ts';

/** A judgement as a person reads it in a terminal. */
export function judgementText(view: JudgementView): string {
  const { heading, subject, columns, entries, changes, notes, details } = view;
  const table = new Table({
    head: ['', 'Step', 'Metric', ...columns.map(term)],
    style: { head: [], border: [], compact: true },
  });
  for (const entry of entries)
    table.push([markOf(entry), placeOf(entry), entry.label, ...entry.cells.map(term)]);
  return [
    `${heading}: ${termText(subject)}`,
    table.toString(),
    ...entries.filter(({ verdict }) => verdict !== 'pass').map(explanation),
    ...(changes.length === 0
      ? []
      : ['What changed, by the mean of each load:', ...changes.map((change) => `  ${termText(change)}`)]),
    ...[...notes, ...details].map((note) => `Note: ${termText(note)}`),
    '',
  ].join('\n');
}

/** Words, since a terminal may show no colour and a log none at all. */
function markOf({ verdict, severity }: Entry): string {
  if (verdict === 'pass') return 'pass';
  if (verdict === 'inconclusive') return severity === 'warn' ? '(open)' : 'open';
  return severity === 'warn' ? 'warn' : 'FAIL';
}

const placeOf = ({ place }: Entry): string =>
  place.length === 0 ? 'whole' : term(place.toReversed().join(', '));

const explanation = (entry: Entry): string =>
  `${placeOf(entry)}: ${termText(entry.sentence)}.${entry.advice === null ? '' : ` ${termText(entry.advice)}`}`;
