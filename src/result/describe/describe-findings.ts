import { between, toMs, type TraceTime } from '../../base/units.ts';
import type { CausalEvidence } from '../../insights/evidence.ts';
import { INSIGHTS } from '../../insights/findings/all.ts';
import { type Examination, outcomeOf } from '../../insights/findings/examine.ts';
import {
  type CodePlace as PlaceFact,
  type Finding as FindingFact,
  findingsOf,
  INSIGHT_IDS,
  type InsightId,
} from '../../insights/findings/finding.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Interaction } from '../../timeline/input/interactions.ts';
import { nodeKey } from '../../timeline/rendering/node-names.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { CodePlace, InsightFinding, InsightOutcome } from '../findings-result.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import { shortName } from './short-name.ts';

/** What the insights say of some of a trace's interactions. */
export interface Findings {
  /** Whatever explains most first. */
  readonly findings: readonly InsightFinding[];
  /** One of each insight, so that what was not looked at is not taken for clear. */
  readonly insights: readonly InsightOutcome[];
}

type Given = Pick<Facts, 'start' | 'nodeNames'>;

export function describeFindings(
  examinations: readonly Examination[],
  interactions: readonly Interaction[],
  { facts, requests }: { readonly facts: Given; readonly requests: ReadonlyMap<Request, number> },
): Findings {
  const told = examinations.map((examination) => ({
    examination,
    outcome: 'failure' in examination ? undefined : outcomeOf(examination.outcomes, interactions),
  }));
  const found = told.flatMap(({ outcome }) => (outcome === undefined ? [] : findingsOf(outcome)));
  return {
    findings: found.toSorted(inOrder).map((finding) => describe(finding, facts, requests)),
    insights: told.map(({ examination, outcome }): InsightOutcome => {
      const { id } = examination;
      if (outcome === undefined) return { id, status: 'failed', message: failureOf(examination) };
      if (outcome.status !== 'unavailable') return { id, status: outcome.status };
      return { id, status: 'unavailable', reason: outcome.reason };
    }),
  };
}

const failureOf = (examination: Examination): string =>
  'failure' in examination ? shortName(examination.failure) : '';

const inOrder = (a: FindingFact, b: FindingFact): number =>
  b.explains - a.explains ||
  INSIGHT_IDS.indexOf(a.insight) - INSIGHT_IDS.indexOf(b.insight) ||
  a.start - b.start;

function describe(
  { insight, interaction, start, end, explains, evidence, sentence, where }: FindingFact,
  { start: origin, nodeNames }: Given,
  requests: ReadonlyMap<Request, number>,
): InsightFinding {
  const since = (time: TraceTime): number => toMs(between(origin, time));
  const target = nodeNames.get(nodeKey(interaction.pid, interaction.nodeId));
  return {
    id: insight,
    ...wordsOf(insight),
    sentence: `${sentence}${GRADE[evidence]}`,
    interactionId: interaction.interactionId,
    interactionStartMs: since(interaction.start),
    startMs: since(start),
    endMs: since(end),
    explainsMs: toMs(explains),
    evidence,
    where: {
      code: where.code.map(describePlace),
      requests: where.requests.map((request) => ({
        request: requests.get(request) ?? null,
        method: request.method,
        url: redactUrl(request.url),
      })),
      sql: where.sql?.slice(0, MAX_SQL) ?? null,
      serverName: where.serverName === undefined ? null : shortName(where.serverName),
      target: target === undefined ? null : shortName(target),
    },
    docs: docsOf(insight),
  };
}

/** As much as the agents keep: a trace that somebody else wrote may hold any amount. */
const MAX_SQL = 2_000;

/** Where each insight's page is, from the package's own folder. */
export const docsOf = (id: InsightId): string => `docs/insights/${id}.md`;

/** Never to be read as a fact where it is none. */
const GRADE: Readonly<Record<CausalEvidence, string>> = {
  proven: '',
  inferred: ' (Inferred.)',
  guessed: ' (Guessed.)',
};

const WORDS = new Map(INSIGHTS.map(({ id, title, advice }) => [id, { title, advice }]));
const wordsOf = (id: InsightId): Pick<InsightFinding, 'title' | 'advice'> =>
  WORDS.get(id) ?? { title: id, advice: '' };

const describePlace = ({ side, functionName, url, line, column }: PlaceFact): CodePlace => ({
  side,
  functionName: shortName(functionName),
  url: redactUrl(url),
  line: line ?? null,
  column: column ?? null,
});
