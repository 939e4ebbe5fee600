import { type Entry, type JudgementView, messageOf } from './judgement-view.ts';
import { term, termText } from './terminal.ts';

/** GitHub refuses a step summary of more than 1 MiB as a whole, and a comment of more than 65 536 characters. */
const MAX_LENGTH = 60_000;

/** By this a bot finds its own comment again, and replaces it. */
const COMMENT_MARKER = '<!-- inpact -->';

/** A judgement as Markdown, for a step summary or the comment on a pull request. What is too much for these is left out, and said so. */
export function judgementMarkdown(view: JudgementView): string {
  const { verdict, heading, subject, columns, entries, changes, notes, details } = view;
  const ordered = entries.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  const head = [
    COMMENT_MARKER,
    `### ${MARKS[verdict]} ${text(heading)}: ${text(term(subject))}`,
    '',
    rowOf(['', 'step', 'metric', ...columns.map((column) => text(term(column)))]),
    rowOf(['---', '---', '---', ...columns.map(() => '---:')]),
  ];
  const sections = [
    ordered.map((entry) =>
      rowOf([markOf(entry), placeOf(entry), text(entry.label), ...entry.cells.map(text)]),
    ),
    ['', ...ordered.filter(({ verdict: own }) => own !== 'pass').map(explanation)],
    changes.length === 0 ? [] : ['', '**What changed**', '', ...changes.map((change) => `- ${text(change)}`)],
    notes.length === 0 ? [] : ['', '**Notes**', '', ...notes.map((note) => `- ${text(note)}`)],
  ];
  return `${capped(head, sections.flat(), folded(details)).join('\n')}\n`;
}

const LEFT_OUT = 200;

/** Lines whose blanks count, behind a click. An empty line would end the HTML. */
const folded = (lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [
        '',
        '<details><summary>How it was measured</summary>',
        '<pre>',
        ...lines.map(text),
        '</pre>',
        '</details>',
      ];

/** Of what is folded all or nothing: half of it would not be closed. */
function capped(
  head: readonly string[],
  lines: readonly string[],
  tail: readonly string[],
): readonly string[] {
  const kept = [...head];
  let length = head.join('\n').length + LEFT_OUT;
  for (const [index, line] of lines.entries()) {
    length += line.length + 1;
    if (length > MAX_LENGTH)
      return [...kept, '', `${String(lines.length - index)} more lines are in the JSON.`];
    kept.push(line);
  }
  return length + tail.join('\n').length > MAX_LENGTH ? kept : [...kept, ...tail];
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const ORDER: Readonly<Record<JudgementView['verdict'], number>> = { fail: 0, inconclusive: 1, pass: 2 };

const MARKS: Readonly<Record<JudgementView['verdict'], string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
};

function markOf({ verdict, severity }: Entry): string {
  if (verdict === 'pass') return '✅ pass';
  if (verdict === 'inconclusive') return '❔ open';
  return severity === 'warn' ? '⚠️ warn' : '❌ fail';
}

const placeOf = ({ place }: Entry): string =>
  place.length === 0 ? 'whole' : text(term(place.toReversed().join(', ')));

const explanation = (entry: Entry): string => `- ${placeOf(entry)}: ${text(messageOf(entry))}`;

/** Whatever Markdown or HTML would take for more than text. */
const text = (raw: string): string =>
  termText(raw).replaceAll(SPECIAL, (mark) => `&#${String(mark.codePointAt(0))};`);

const SPECIAL = /[&<>"'`*_~[\]()#|\\!@:-]/g;
