import { expect, test } from 'vitest';
import { byThread } from '../../../src/insights/by-thread.ts';
import { causesOf } from '../../../src/insights/causes.ts';
import { describeFindings } from '../../../src/result/describe/describe-findings.ts';
import { INSIGHTS } from '../../../src/insights/findings/all.ts';
import { examine } from '../../../src/insights/findings/examine.ts';
import { type Examined, INSIGHT_IDS, type Insight } from '../../../src/insights/findings/finding.ts';
import { renderingByThread } from '../../../src/insights/rendering-work.ts';
import { clickAt } from '../../support/causes.ts';
import { call } from '../../support/rendering.ts';
import { factsOf } from '../../support/trace-bytes.ts';
import { mainThread, task } from '../../support/trace-events.ts';

const BROKEN: Insight = {
  id: 'synchronous-xhr',
  title: 'Broken',
  advice: '',
  examine: () => {
    throw new Error('a bug of ours');
  },
};

async function given(): Promise<Examined> {
  const facts = await factsOf(
    mainThread,
    task(100.5, 121),
    clickAt(100, { processing: [101, 221], end: 240 }),
    call(101, 119, 'compute', 3),
  );
  const { chains, caused, synchronous } = causesOf(facts, undefined);
  return {
    facts,
    slicesOf: renderingByThread(facts),
    framesOf: byThread(facts.animationFrames),
    domModifications: new Map(),
    chains,
    caused,
    synchronous,
    synchronousOf: byThread(synchronous),
    server: undefined,
  };
}

test('one insight that fails is named, and loses no other', async () => {
  const examined = await given();
  const insights = INSIGHTS.map((insight) => (insight.id === BROKEN.id ? BROKEN : insight));
  const { findings, insights: outcomes } = describeFindings(
    examine(insights, examined),
    examined.facts.interactions,
    { facts: examined.facts, requests: new Map() },
  );
  expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([
    { id: 'synchronous-xhr', status: 'failed', message: 'a bug of ours' },
  ]);
  expect(outcomes).toHaveLength(INSIGHT_IDS.length);
  expect(findings.map(({ id }) => id)).toEqual(['handler-too-long']);
});

test.each(INSIGHTS)('$id has a headline, and a sentence of advice', ({ title, advice }) => {
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(advice).toMatch(/^[A-Z].*\.$/);
});

test('every id has its insight, in the order in which causes come before what they cause', () => {
  expect(INSIGHTS.map(({ id }) => id)).toEqual(INSIGHT_IDS);
});
