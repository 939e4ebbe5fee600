import { hostNote } from '../../src/result/words/host-note.ts';
import type { Comparison } from '../../src/result/comparison.ts';
import type { Session } from '../../src/result/session.ts';
import { comparisonSentences, comparisonTitle, versionsCompared } from '../layout/comparison-words.ts';
import { plural } from '../layout/format.ts';
import { html } from '../marks/element.ts';
import { answerHeader } from './answer-header.ts';
import { verdictBadge } from './verdict-badge.ts';

/** The question, the answer, and whether the recording can be trusted: what most readers came for. */
export function answerSection(session: Session, comparison?: Comparison): HTMLElement {
  const { answer, scenario, environment, createdAt } = session;
  return answerHeader(
    {
      about: [
        scenario.name,
        createdAt.slice(0, 10),
        environment.chrome,
        ...(comparison === undefined ? [] : versionsCompared(comparison)),
      ],
      headline: comparison === undefined ? answer.question : comparisonTitle(comparison),
      sentences: [...(comparison === undefined ? [] : comparisonSentences(comparison)), ...answer.sentences],
      next: answer.next[0]?.sentence,
    },
    claimList(session),
    ...(comparison?.notes ?? []).map((note) => html('p', { class: 'integrity' }, note)),
    busyNote(session),
    integrityNote(session),
  );
}

/** What became of each claim, in a line. The section below has the figures. */
function claimList({ claims }: Session): HTMLElement | undefined {
  if (claims.length === 0) return undefined;
  const lines = claims.map(({ id, text, verdict }) =>
    html('li', {}, verdictBadge(verdict), html('a', { href: `#claim-${id}` }, `“${text}”`)),
  );
  return html('ul', { class: 'claim-list' }, ...lines);
}

function busyNote(session: Session): HTMLElement | undefined {
  const note = hostNote(session);
  return note === undefined ? undefined : html('p', { class: 'integrity' }, note);
}

/** Said before anything is judged, as a load that lost data must never pass quietly. */
function integrityNote({ loads }: Session): HTMLElement | undefined {
  const bad = loads.filter(({ status }) => status !== 'valid').length;
  if (bad === 0) return undefined;
  const verb = bad === 1 ? 'is' : 'are';
  return html(
    'p',
    { class: 'integrity' },
    html('strong', {}, `${bad} of ${plural(loads.length, 'load')} ${verb} not valid`),
    ` and ${verb} left out of every figure. `,
    html('a', { href: '#recording' }, 'See why'),
  );
}
