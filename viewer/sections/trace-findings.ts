import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { FindingRow } from '../../src/result/session-summary.ts';
import type { Session } from '../../src/result/session.ts';
import { ms, plural } from '../layout/format.ts';
import { html } from '../marks/element.ts';
import { findingCards } from './finding-cards.ts';
import { section } from './section.ts';

const MOST_SHOWN = 6;

/** What to do next, the most telling first. Undefined where nothing was found. */
export function traceFindingsSection(
  findings: readonly InsightFinding[],
  onShow: (finding: InsightFinding) => void,
): HTMLElement | undefined {
  if (findings.length === 0) return undefined;
  const worst = findings.toSorted((a, b) => b.explainsMs - a.explainsMs);
  const rest = worst.slice(MOST_SHOWN);
  return section(
    { id: 'findings', title: 'What made users wait, and what to do' },
    findingCards(worst.slice(0, MOST_SHOWN), onShow),
    rest.length === 0
      ? undefined
      : html(
          'details',
          {},
          html('summary', {}, plural(rest.length, 'smaller finding')),
          findingCards(rest, onShow),
        ),
  );
}

/** The same of a session: what was found in most loads of a step, with the load that shows it best. */
export function sessionFindingsSection(
  { findings }: Session,
  show: (row: FindingRow) => (() => void) | undefined,
): HTMLElement | undefined {
  const recurring = findings
    .filter(({ recurs }) => recurs)
    .toSorted((a, b) => b.explainsMs.median - a.explainsMs.median);
  if (recurring.length === 0) return undefined;
  const cards = recurring.map((row) => {
    const go = show(row);
    return html(
      'div',
      { class: 'session-finding' },
      html(
        'p',
        { class: 'note' },
        `${row.step} · ${row.variant} · in ${String(row.runs)} of ${plural(row.ofRuns, 'run')} · explains ${ms(row.explainsMs.median)} (median)`,
      ),
      findingCards([row.example], go === undefined ? undefined : () => go()),
    );
  });
  const rest = cards.slice(MOST_SHOWN);
  return section(
    { id: 'findings', title: 'What made users wait, and what to do' },
    ...cards.slice(0, MOST_SHOWN),
    rest.length === 0
      ? undefined
      : html('details', {}, html('summary', {}, plural(rest.length, 'smaller finding')), ...rest),
  );
}
