import { type Entry, type JudgementView, messageOf } from './judgement-view.ts';
import { term, termText } from './terminal.ts';
import { textTable } from './text-table.ts';

/** A judgement as a person reads it in a terminal. */
export function judgementText(view: JudgementView): string {
  const { heading, subject, columns, entries, changes, notes, details } = view;
  const table = textTable(
    ['', 'Step', 'Metric', ...columns.map(term)],
    entries.map((entry) => [markOf(entry), placeOf(entry), entry.label, ...entry.cells.map(term)]),
  );
  return [
    `${heading}: ${termText(subject)}`,
    table,
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

const explanation = (entry: Entry): string => `${placeOf(entry)}: ${termText(messageOf(entry))}`;
