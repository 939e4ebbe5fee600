import type { HoverCard } from '../interactions/hover-card.ts';
import type { ReportContent } from '../report-content.ts';
import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { DeepLink } from '../layout/deep-link.ts';
import { answerSection } from './answer.ts';
import { claimsSection } from './claims.ts';
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

/** A report from top to bottom: the answer first, then its figures, then what proves them. */
export function reportSections(content: ReportContent, card: HoverCard): readonly HTMLElement[] {
  const parts = content.kind === 'session' ? sessionSections(content, card) : traceSections(content, card);
  return parts.filter((part) => part !== undefined);
}

type Sections = readonly (HTMLElement | undefined)[];

function sessionSections(
  { session, drawn }: Extract<ReportContent, { readonly kind: 'session' }>,
  card: HoverCard,
): Sections {
  const timeline = wholeTimeline(drawn, card);
  return [
    answerSection(session),
    figuresSection(session),
    sessionFindingsSection(session, ({ example, exampleLoad }) =>
      timeline?.has(exampleLoad) === true
        ? () => timeline.goTo({ load: exampleLoad, ...placeOfFinding(example) })
        : undefined,
    ),
    timelinesSection(session, card),
    timeline?.node,
    claimsSection(session),
    distributionSection(session),
    recordingSection(session),
  ];
}

function traceSections(
  { trace, drawn }: Extract<ReportContent, { readonly kind: 'trace' }>,
  card: HoverCard,
): Sections {
  const timeline = wholeTimeline(drawn, card);
  return [
    traceAnswerSection(trace),
    interactionsSection(trace, (index) => {
      const interaction = trace.interactions[index];
      if (interaction !== undefined) timeline?.goTo({ interaction: interaction.interactionId });
    }),
    traceFindingsSection(trace.findings, (finding) => timeline?.goTo(placeOfFinding(finding))),
    timeline?.node,
  ];
}

const placeOfFinding = (finding: InsightFinding): DeepLink => ({
  interaction: finding.interactionId,
  shown: withAir(findingSpan(finding)),
});
