import { describe, expect, test } from 'vitest';
import { compareSessions, compareVariants } from '../../src/compare/compare-sessions.ts';
import { joinSessions, onlyVariants } from '../../src/compare/join-sessions.ts';
import { conclude } from '../../src/conclude.ts';
import { readSession } from '../../src/result/schema/read-session.ts';
import type { Session } from '../../src/result/session.ts';
import { about, loadsOf, SETTINGS } from '../support/compared.ts';
import { evidenceOf } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';

const sessionOf = (inp: number, variant = 'page', seed = inp): Session => ({
  ...sampleSession(),
  ...evidenceOf(
    loadsOf(variant, about(inp, 8, seed)).map((load) => ({ ...load, traceFile: `Trace-${load.id}.json.gz` })),
    [variant],
  ),
});

/** Its loads, one a minute from this second on. */
const inTurn = (session: Session, second: number): Session => ({
  ...session,
  loads: session.loads.map((load) => ({
    ...load,
    startedAt: new Date(60_000 * load.round + 1000 * second).toISOString(),
  })),
});

describe('two sessions as one', () => {
  test('have a variant for each side, whose loads and files nobody confuses', () => {
    const { variants, loads } = joinSessions(sessionOf(200), sessionOf(300));
    expect(variants.map(({ name }) => name)).toEqual(['base', 'changed']);
    expect(loads.map(({ variant }) => variant)).toEqual([
      ...Array<string>(8).fill('base'),
      ...Array<string>(8).fill('changed'),
    ]);
    expect(new Set(loads.map(({ id }) => id)).size).toBe(16);
    expect([loads[0]?.traceFile, loads[8]?.traceFile, loads[0]?.serverTraceFile]).toEqual([
      'Trace-base-page-0.json.gz',
      'Trace-changed-page-0.json.gz',
      null,
    ]);
  });

  test('keep names that tell them apart already, and the surroundings of the base', () => {
    const [base, changed] = [sessionOf(200, 'main'), sessionOf(300, 'branch')];
    const joined = joinSessions(base, {
      ...changed,
      environment: { ...changed.environment, chrome: 'Chrome/1' },
      plan: { ...changed.plan, seed: 99 },
    });
    expect(joined.variants.map(({ name }) => name)).toEqual(['main', 'branch']);
    expect([joined.environment, joined.plan]).toEqual([base.environment, base.plan]);
  });

  test('say in what they were not recorded alike', () => {
    const [base, changed] = [sessionOf(200), sessionOf(300)];
    const { environment } = changed;
    const others: Session = {
      ...changed,
      plan: { ...changed.plan, repetitions: 9, runs: 3 },
      environment: {
        ...environment,
        cpuModel: 'Another',
        browser: { ...environment.browser, cpu: { ...environment.browser.cpu, rate: 4 } },
      },
    };
    const differ = 'The two were not recorded alike: they differ in repetitions, settings, machine.';
    expect(compareSessions(base, others, SETTINGS).notes).toContain(differ);
    expect(compareSessions(base, changed, SETTINGS).notes.join()).not.toContain('not recorded alike');
  });

  test('are no gate, even where their loads came in turns', () => {
    const [base, changed] = [sessionOf(200), sessionOf(400)];
    const [one, other] = [inTurn(base, 0), inTurn(changed, 30)];
    const noGate = { verdict: 'inconclusive', design: { pairing: 'stored-baseline' } };
    expect(compareSessions(one, other, SETTINGS)).toMatchObject(noGate);
    // Nor when what they became is compared again.
    const joined = conclude(joinSessions(one, other), []);
    const again = onlyVariants(readSession(JSON.stringify(joined), 'session.json'), 'base', 'changed');
    expect(compareVariants(again, 'base', 'changed', SETTINGS)).toMatchObject(noGate);
  });
});

test('two variants of a session are had without its others', () => {
  const session = sampleSession();
  const third = { name: 'third', description: '', url: 'http://page.test/' };
  const [first] = session.loads;
  if (first === undefined) throw new Error('The sample has loads.');
  const more = {
    ...session,
    variants: [...session.variants, third],
    loads: [...session.loads, { ...first, id: 'third-0', variant: 'third' }],
  };
  const { variants, loads } = onlyVariants(more, 'async-backed', 'sync-backed');
  expect(variants.map(({ name }) => name)).toEqual(['async-backed', 'sync-backed']);
  expect(loads).toEqual(session.loads);
});
