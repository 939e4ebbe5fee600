import { expect, test } from 'vitest';
import { VERSION } from '../src/base/version.ts';
import { conclude } from '../src/conclude.ts';
import type { Claim } from '../src/result/claim.ts';
import { readSession } from '../src/result/schema/read-session.ts';
import type { Recording } from '../src/result/session.ts';
import { sampleSession } from './support/sample-session.ts';

function recording(): Recording {
  const { createdAt, environment, plan, scenario, variants, loads } = sampleSession();
  return { createdAt, environment, plan, scenario, variants, loads };
}

const claim: Claim = { id: 'a', text: 'A claim', verdict: 'inconclusive', findings: [] };

test('a recording becomes a session that can be written and read', () => {
  const session = conclude(recording(), [() => claim]);
  expect(session).toMatchObject({
    schemaVersion: 1,
    kind: 'session',
    inpactVersion: VERSION,
    claims: [claim],
  });
  expect(readSession(JSON.stringify(session), 'session.json')).toEqual(session);
});

test('judges see the loads and what they add up to', () => {
  const { loads, scenario, variants } = recording();
  const { summary } = conclude(recording(), [
    (evidence) => {
      expect(evidence).toMatchObject({ loads, scenario, variants });
      expect(evidence.summary).toHaveLength(scenario.steps.length * variants.length);
      return claim;
    },
  ]);
  expect(summary).toHaveLength(scenario.steps.length * variants.length);
});

test('a recording without a load yet concludes with figures unavailable and no answer', () => {
  const session = conclude({ ...recording(), loads: [] }, []);
  expect(
    new Set(
      session.summary
        .flatMap(({ metrics }) => Object.values(metrics))
        .map((metric) => JSON.stringify(metric)),
    ),
  ).toEqual(new Set(['{"unavailable":"no-valid-load"}']));
  expect(session.answer.sentences.join()).toContain('no answer yet');
});
