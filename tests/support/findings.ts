import type { InsightFinding, InsightId, InsightOutcome } from '../../src/result/findings-result.ts';
import { clickAt } from './causes.ts';
import { describeTrace } from './described.ts';
import type { Exchange } from './exchange.ts';
import { contentfulPaint } from './interactions.ts';
import { call, layout } from './rendering.ts';
import { sideOf } from './server-trace.ts';
import { factsOf } from './trace-bytes.ts';
import { mainThread, type TraceEvent } from './trace-events.ts';

export type Events = readonly (TraceEvent | readonly TraceEvent[])[];

/** What one insight says of a drawn trace. */
export interface Said {
  readonly outcome: InsightOutcome | undefined;
  readonly findings: readonly InsightFinding[];
}

/** @param server What the server kept of itself; left out where it kept nothing. */
export async function said(id: InsightId, page: Events, server?: Events): Promise<Said> {
  const facts = await factsOf(mainThread, ...page);
  const side = server && (await sideOf(facts, server.flat(), { here: 'one', there: 'one' }));
  const { findings, insights } = describeTrace('trace.json', facts, side);
  return {
    outcome: insights.find((insight) => insight.id === id),
    findings: findings.filter((finding) => finding.id === id),
  };
}

/** In one word, so that a test reads as a table: `clear`, `found`, or why it is not known. */
export async function status(id: InsightId, page: Events, server?: Events): Promise<string | undefined> {
  const { outcome } = await said(id, page, server);
  return outcome?.status === 'unavailable' ? outcome.reason : outcome?.status;
}

/** How many milliseconds each finding of the insight explains. */
export async function explained(id: InsightId, page: Events, server?: Events): Promise<readonly number[]> {
  return (await said(id, page, server)).findings.map(({ explainsMs }) => explainsMs);
}

/** A click at 100 whose result is presented at 300: code from 280 to 284 makes the change, and it is drawn from 288 to 292. */
export const CLICK: Events = [
  clickAt(100),
  contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 }),
  call(280, 4, 'show', 1),
  layout(288, 4),
];

export const URL = 'https://api.test/report';

/** The click's request: sent to the server from 105 on, and its headers there at 270. */
export const REPORT: Exchange = {
  url: URL,
  sent: 103,
  requested: 104,
  written: 105,
  headers: 270,
  seen: 275,
  lastByte: 272,
};

/** A line of the server's own code, called by a library. */
export const ROUTES = { functionName: 'report', url: '/srv/shop/routes.ts', line: 50, column: 3 } as const;
export const DRIVER = {
  functionName: 'all',
  url: '/srv/shop/node_modules/sqlite/index.js',
  line: 7,
  column: 1,
} as const;
