import type { FindingRow } from '../../src/result/session-summary.ts';
import type { HoverCard } from '../interactions/hover-card.ts';
import { nextTurn } from '../interactions/next-turn.ts';
import type { DrawnLoad, ReportContent } from '../report-content.ts';
import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { DeepLink } from '../layout/deep-link.ts';
import { answerSection } from './answer.ts';
import { changesSection } from './changes.ts';
import { claimsSection } from './claims.ts';
import { comparisonSection } from './comparison.ts';
import { crossCheckSection } from './cross-check.ts';
import { distributionSection } from './distribution.ts';
import { figuresSection } from './figures.ts';
import { withAir } from '../layout/opening-view.ts';
import { findingSpan } from './finding-cards.ts';
import { interactionsSection } from './interaction-table.ts';
import { recordingSection } from './recording.ts';
import { timelinesSection } from './timelines.ts';
import { traceAnswerSection } from './trace-answer.ts';
import { sessionFindingsSection, traceFindingsSection } from './trace-findings.ts';
import { wholeTimeline } from './whole-timeline.ts';

type Section = () => HTMLElement | undefined;

/**
 * Puts a report on the page from top to bottom: the answer first, then its figures, then what proves them. One part at a
 * time, so that the page can be used while it is made.
 */
export async function showReport(page: Element, content: ReportContent, card: HoverCard): Promise<void> {
  const sections = content.kind === 'session' ? sessionSections(content, card) : traceSections(content, card);
  page.replaceChildren();
  for (const make of sections) {
    const section = make();
    if (section !== undefined) page.append(section);
    await nextTurn();
  }
}

function sessionSections(
  { session, comparison, drawn }: Extract<ReportContent, { readonly kind: 'session' }>,
  card: HoverCard,
): readonly Section[] {
  const timeline = wholeTimeline(drawn, card);
  return [
    () => answerSection(session, comparison),
    () => comparison && comparisonSection(comparison, session.loads),
    () => comparison && changesSection(comparison),
    () => figuresSection(session),
    () =>
      sessionFindingsSection(session, (row) => {
        const place = drawnFinding(drawn, row);
        return place && (() => timeline?.goTo(place));
      }),
    () => timelinesSection(session, card),
    () => timeline?.show(),
    () => claimsSection(session),
    () => distributionSection(session),
    () => crossCheckSection(session),
    () => recordingSection(session),
  ];
}

function traceSections(
  { trace, drawn }: Extract<ReportContent, { readonly kind: 'trace' }>,
  card: HoverCard,
): readonly Section[] {
  const timeline = wholeTimeline(drawn, card);
  return [
    () => traceAnswerSection(trace),
    () =>
      interactionsSection(trace, (index) => {
        const interaction = trace.interactions[index];
        if (interaction !== undefined) timeline?.goTo({ interaction });
      }),
    () => traceFindingsSection(trace.findings, (finding) => timeline?.goTo(placeOfFinding(finding))),
    () => timeline?.show(),
  ];
}

/** The same finding in a load whose timeline is here: the one that shows it best may be another. */
function drawnFinding(drawn: readonly DrawnLoad[], { variant, step, id }: FindingRow): DeepLink | undefined {
  for (const load of drawn.filter((candidate) => candidate.variant === variant)) {
    const findings = load.steps.find((result) => result.step === step)?.findings ?? [];
    const finding = findings.find((candidate) => candidate.id === id);
    if (finding !== undefined) return { load: load.id, ...placeOfFinding(finding) };
  }
  return undefined;
}

const placeOfFinding = (finding: InsightFinding): DeepLink => ({
  interaction: { interactionId: finding.interactionId, startMs: finding.interactionStartMs },
  shown: withAir(findingSpan(finding)),
});
