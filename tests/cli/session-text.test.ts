import { describe, expect, test } from 'vitest';
import { sessionText } from '../../cli/output/session-text.ts';
import { conclude } from '../../src/conclude.ts';
import type { InsightOutcome, Session } from '../../src/index.ts';
import { HOSTILE_NAMES, obeyed } from '../support/hostile-names.ts';
import { finding } from '../support/sample-findings.ts';
import { sampleSession } from '../support/sample-session.ts';

const WIDE = 200;

/** What became of three insights in the load with this index. */
const told = (index: number): readonly InsightOutcome[] => [
  { id: 'not-awaited', status: 'unavailable', reason: 'no-server-trace' },
  index === 0
    ? { id: 'forced-reflow', status: 'unavailable', reason: 'no-server-trace' }
    : { id: 'forced-reflow', status: 'clear' },
  index === 1
    ? { id: 'serial-requests', status: 'failed', message: 'oops' }
    : { id: 'serial-requests', status: 'clear' },
];

describe('a session in the terminal', () => {
  test('begins with the answer, and tells every claim with its verdict', () => {
    const session = sampleSession();
    const text = sessionText(session, WIDE);
    expect(text.startsWith(session.answer.sentences.join('\n'))).toBe(true);
    expect(text).toContain('Claim “An async ORM improves INP by 50–200 ms”: PARTLY');
  });

  test('has a line for every step and variant, with the medians', () => {
    const session = sampleSession();
    const lines = sessionText(session, WIDE).split('\n');
    for (const { step, variant, metrics } of session.summary) {
      const line = lines.find((candidate) => candidate.includes(step) && candidate.includes(variant)) ?? '';
      const inp = 'median' in metrics.inpMs ? metrics.inpMs.median.toFixed(0) : '?';
      expect(line).toMatch(new RegExp(`\\b${inp} \\(`));
      expect(line).toMatch(/ 6 │$/);
    }
  });

  test('says how many loads do not count', () => {
    const session = sampleSession();
    const loads = session.loads.map((load, index) => ({
      ...load,
      status: index < 2 ? ('invalid' as const) : load.status,
    }));
    expect(sessionText({ ...session, loads }, WIDE)).toContain('2 of 14 loads do not count');
    expect(sessionText(session, WIDE)).not.toContain('do not count');
  });

  test('shows a dash, not 0, for what was not measured', () => {
    const session = sampleSession();
    const loads = session.loads.filter(({ variant }) => variant === 'sync-backed');
    const text = sessionText(conclude({ ...session, loads }, []), WIDE);
    const line = text.split('\n').find((row) => row.includes('fetch-idle') && row.includes('async-backed'));
    expect(line).toMatch(/( — │)+ +0 │$/);
  });

  test('shows no table where no load counts', () => {
    const text = sessionText(conclude({ ...sampleSession(), loads: [] }, []), WIDE);
    expect(text).toContain('no answer yet');
    expect(text).not.toContain('│');
  });

  test.each(HOSTILE_NAMES)('obeys no name that a scenario or a page gave: %j', (name) => {
    const session: Session = JSON.parse(
      JSON.stringify(sampleSession(), (key, value: unknown) =>
        ['step', 'variant', 'text', 'name', 'description'].includes(key) ? `${String(value)}${name}` : value,
      ),
    );
    const text = sessionText(
      { ...session, answer: { question: '', sentences: [`The step ${name}.`], next: [] } },
      WIDE,
    );
    expect(text).toContain('INJECTED');
    expect(obeyed(text)).toEqual([]);
    expect(text).not.toMatch(/^INJECTED/m);
  });

  test('keeps a long sentence whole', () => {
    const sentence = `${'A long step, '.repeat(60)}the end.`;
    const session = { ...sampleSession(), answer: { question: '', sentences: [sentence], next: [] } };
    expect(sessionText(session, WIDE)).toContain('the end.');
  });

  test('says what to do next, and where the time goes', () => {
    const session = sampleSession();
    const loads = session.loads.map((one) => ({
      ...one,
      steps: one.steps.map((step) => ({ ...step, findings: step.step === 'fetch-busy' ? [finding()] : [] })),
    }));
    const text = sessionText(conclude({ ...session, loads }, []), WIDE);
    expect(text).toContain(
      "What to do next:\n- A synchronous query ran on the server's event loop, report (shop/routes.ts:50)",
    );
    expect(text).toMatch(
      /fetch-busy, sync-backed\n +150 ms {2}synchronous-query-on-event-loop \(6\/6\): report \(shop\/routes\.ts:50\) · “SELECT/,
    );
    expect(text).toContain('Where the time to the result goes:');
  });

  test('names no bottleneck where no stage took any time', () => {
    const session = conclude(sampleSession(), []);
    const pipelines = session.pipelines.map((row) => ({
      ...row,
      bottleneck: { unavailable: 'no-time' } as const,
    }));
    const table =
      sessionText({ ...session, pipelines }, 80).split('Where the time to the result goes:')[1] ?? '';
    expect(table).toMatch(/│ sync-backed +│.*│ — +│\n/);
  });

  test('has narrower tables where the terminal is narrow', () => {
    const session = conclude(sampleSession(), []);
    expect(sessionText(session, WIDE)).toContain('DOM changes │');
    expect(sessionText(session, 80)).not.toContain('DOM changes │');
  });

  test('names what no load could look at, and an insight that failed', () => {
    const session = sampleSession();
    const loads = session.loads.map((load, index) => ({
      ...load,
      trace: load.trace && { ...load.trace, insights: told(index) },
    }));
    const text = sessionText({ ...session, loads }, WIDE);
    expect(text).toContain('Not known (no-server-trace): not-awaited\n');
    expect(text).toContain("The insight serial-requests failed, which is a bug of INPact's: oops");
  });
});
