import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import { isUnavailable } from '../../../src/base/measure.ts';
import { INSIGHT_IDS } from '../../../src/insights/findings/finding.ts';
import { readTrace } from '../../../src/node/read-trace.ts';
import type { TraceResult } from '../../../src/result/trace-result.ts';

const recorded = (name: string): Promise<TraceResult> => {
  const file = join('fixtures/traces', `${name}.json.gz`);
  return analyze({ file, bytes: readTrace(file) });
};

const found = ({ findings }: TraceResult): readonly string[] => findings.map(({ id }) => id);

describe('of the recorded traces', () => {
  test('a synchronous request is found at its line, and not taken for work or for a free page', async () => {
    const result = await recorded('synchronous-xhr');
    expect(found(result)).toEqual(['synchronous-xhr']);
    const [finding] = result.findings;
    // The server waited 150 ms before it answered.
    expect(finding?.explainsMs).toBeGreaterThan(150);
    expect(finding?.where.code[0]).toMatchObject({
      side: 'page',
      functionName: 'document.querySelector.onclick',
      line: 10,
    });
    expect(finding?.where.target).toBe("BUTTON id='ask'");
  });

  test('a fetch is a wait for the response, whoever made it long: without the server’s trace that is a guess', async () => {
    const result = await recorded('click-fetch');
    expect(result.findings).toMatchObject([{ id: 'waited-for-network-only', evidence: 'guessed' }]);
    expect(result.insights.find(({ id }) => id === 'server-loop-blocked')).toEqual({
      id: 'server-loop-blocked',
      status: 'unavailable',
      reason: 'no-server-trace',
    });
  });

  test('a frame’s handler that computes is found in its document', async () => {
    const result = await recorded('iframe-long-task');
    expect(found(result)).toEqual(['handler-too-long']);
    expect(result.findings[0]?.where.code[0]?.url).toMatch(/busy-frame\.html$/);
  });

  test('many reflows that take no time are counted and no finding', async () => {
    const result = await recorded('forced-reflow');
    // Sixty rows, style and layout of each; on the machine that recorded it they took 4 ms in all.
    expect(result.interactions[0]?.pipeline.work).toMatchObject({ layoutCount: 60, domModifications: 60 });
    expect(found(result)).toEqual([]);
  });

  test('a dialog is neither work nor a wait for anything that a team could mend', async () => {
    expect(found(await recorded('dialog'))).toEqual([]);
  });
});

const FOLDERS = ['fixtures/traces', '../shared/traces'].filter((folder) => existsSync(folder));
const TRACES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .map((file) => join(folder, file)),
);

const took = ({ icpMs, durationMs }: TraceResult['interactions'][number]): number =>
  isUnavailable(icpMs) ? durationMs : icpMs;

describe.each(TRACES)('in %s', (file) => {
  test('findings explain no more than their interactions took, and the stages add up to them', async () => {
    const { interactions, findings, insights, requests } = await analyze({ file, bytes: readTrace(file) });
    expect(insights.map(({ id }) => id)).toEqual(INSIGHT_IDS);
    expect(insights.filter(({ status }) => status === 'failed')).toEqual([]);
    for (const { interactionId, interactionStartMs, explainsMs, where } of findings) {
      const own = interactions.find(
        (interaction) =>
          interaction.interactionId === interactionId && interaction.startMs === interactionStartMs,
      );
      expect(own).toBeDefined();
      if (own !== undefined)
        expect(explainsMs).toBeLessThanOrEqual(Math.max(took(own), own.durationMs) + 0.01);
      for (const { request } of where.requests) expect(request === null || requests[request]).toBeTruthy();
    }
    for (const interaction of interactions) {
      const { eventLoop, dataFetching, rendering } = interaction.pipeline.stages;
      const sum = eventLoop.wallMs + dataFetching.wallMs + rendering.wallMs;
      expect(Math.min(eventLoop.wallMs, dataFetching.wallMs, rendering.wallMs)).toBeGreaterThanOrEqual(0);
      // Each is rounded to the microsecond by itself.
      expect(sum).toBeCloseTo(took(interaction), 2);
      for (const { wallMs, cpuMs } of [eventLoop, dataFetching, rendering]) {
        if (!isUnavailable(cpuMs)) expect(cpuMs).toBeLessThanOrEqual(wallMs + 0.01);
      }
    }
  });
});
