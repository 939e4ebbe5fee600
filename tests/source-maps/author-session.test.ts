import { expect, test } from 'vitest';
import { authoredSession } from '../../src/source-maps/author-session.ts';
import { finding } from '../support/sample-findings.ts';
import { sampleSession } from '../support/sample-session.ts';

/** Column 11 of the first line is line 3 of the source, in `addToCart`. */
const MAP = { version: 3, sources: ['cart.ts'], names: ['addToCart'], mappings: 'UAEKA' };

test('what a session’s loads found, what recurs of it and what to do about it name the author’s lines', () => {
  const delivered = sampleSession();
  const place = {
    side: 'page',
    functionName: 'a',
    url: 'https://page.test/app.js',
    line: 1,
    column: 11,
  } as const;
  const found = finding({
    id: 'handler-too-long',
    title: 'A handler was too long',
    where: { ...finding().where, code: [place], sql: null, serverName: null },
  });
  const session = authoredSession(
    {
      ...delivered,
      loads: delivered.loads.map((load) => ({
        ...load,
        steps: load.steps.map((step) => ({ ...step, findings: [found] })),
      })),
    },
    [{ of: 'app.js.map', map: MAP }],
  );
  const authored = { code: [{ url: 'https://page.test/cart.ts', line: 3 }] };
  expect(session.loads[0]?.steps[0]?.findings).toMatchObject([{ where: authored }]);
  expect(session.findings[0]).toMatchObject({ recurs: true, example: { where: authored } });
  expect(session.answer.next[0]?.sentence).toContain('cart.ts:3');
  expect(JSON.stringify(session)).not.toContain('app.js');
});
