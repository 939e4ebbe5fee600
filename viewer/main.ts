import { hoverCard } from './interactions/hover-card.ts';
import { html } from './marks/element.ts';
import { readSession } from './read-session.ts';
import { answerSection } from './sections/answer.ts';
import { claimsSection } from './sections/claims.ts';
import { distributionSection } from './sections/distribution.ts';
import { figuresSection } from './sections/figures.ts';
import { recordingSection } from './sections/recording.ts';
import { timelinesSection } from './sections/timelines.ts';
import type { Session } from '../src/result/session.ts';

function show(session: Session): readonly HTMLElement[] {
  return [
    answerSection(session),
    figuresSection(session),
    timelinesSection(session, hoverCard()),
    claimsSection(session),
    distributionSection(session),
    recordingSection(session),
  ].filter((part) => part !== undefined);
}

const report = document.querySelector('#report');
try {
  report?.replaceChildren(...show(await readSession(document.querySelector('#session'))));
} catch (error) {
  // The reader has no console open. Whatever went wrong, a blank page would not say it.
  const words = error instanceof Error ? error.message : String(error);
  report?.replaceChildren(
    html('p', { class: 'failed', role: 'alert' }, `The report cannot be shown. ${words}`),
  );
  throw error;
}
