import { unavailable } from '../../src/base/measure.ts';
import type { Findings } from '../../src/result/describe/describe-findings.ts';
import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { Pipeline, StageTime } from '../../src/result/pipeline-result.ts';

export const NO_FINDINGS: Findings = { findings: [], insights: [] };

const stage = (wallMs: number): StageTime => ({ wallMs, cpuMs: unavailable('not-recorded') });

/** What a result says of an interaction whose time nothing is known of. */
export const NO_PIPELINE: Pipeline = {
  stages: { eventLoop: stage(0), dataFetching: stage(0), rendering: stage(0) },
  bottleneck: unavailable('no-time'),
  work: unavailable('not-recorded'),
};

/** A query that held the server's loop, unless changed. */
export const finding = (change: Partial<InsightFinding> = {}): InsightFinding => ({
  id: 'synchronous-query-on-event-loop',
  title: "A synchronous query ran on the server's event loop",
  sentence: 'It held the loop for 150 ms.',
  advice: 'Use asynchronous calls.',
  interactionId: 7,
  interactionStartMs: 10,
  startMs: 20,
  endMs: 170,
  explainsMs: 150,
  evidence: 'proven',
  where: {
    code: [{ side: 'server', functionName: 'report', url: '/srv/shop/routes.ts', line: 50, column: 3 }],
    requests: [{ request: 0, method: 'GET', url: 'https://shop.test/api/report' }],
    sql: 'SELECT * FROM orders WHERE id = ?',
    serverName: '/api/report',
    target: "BUTTON id='report'",
  },
  docs: 'docs/insights/synchronous-query-on-event-loop.md',
  ...change,
});
