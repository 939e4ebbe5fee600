import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { error, notice } from '@actions/core';
import Draft4 from 'ajv-draft-04';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test, vi } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { judgementCsv } from '../../cli/output/judgement-csv.ts';
import { judgementGithub } from '../../cli/output/judgement-github.ts';
import { judgementJunit } from '../../cli/output/judgement-junit.ts';
import { judgementMarkdown } from '../../cli/output/judgement-markdown.ts';
import { judgementSarif } from '../../cli/output/judgement-sarif.ts';
import { judgementText } from '../../cli/output/judgement-text.ts';
import type { JudgementView } from '../../cli/output/judgement-view.ts';
import { viewOf } from '../../cli/output/view-of.ts';
import { sourcePath } from '../../cli/output/source-path.ts';
import { termText } from '../../cli/output/terminal.ts';
import type { Comparison } from '../../src/result/comparison.ts';
import { about, compare } from '../support/compared.ts';
import { recordsOf } from '../support/csv-records.ts';
import { obeyed } from '../support/hostile-names.ts';
import { HOSTILE_PAYLOADS } from '../support/hostile-payloads.ts';
import { commandsIn } from '../support/runner-commands.ts';

/** A regression in which every string that a page or a scenario can choose is the payload. */
function hostile(payload: string): JudgementView {
  const comparison = compare(about(200, 12, 1), about(300, 12, 2));
  const named: Comparison = {
    ...comparison,
    subject: payload,
    base: { ...comparison.base, name: payload, description: payload },
    changed: { ...comparison.changed, name: payload, description: payload },
    metrics: comparison.metrics.map((metric) => ({
      ...metric,
      step: payload,
      sentence: `It is ${payload}`,
      advice: payload,
    })),
    failures: { ...comparison.failures, sentence: payload, verdict: 'inconclusive' },
    notes: [payload],
    changes: [
      {
        step: payload,
        changes: [
          {
            kind: 'function',
            name: payload,
            url: `http://page.test/${payload}.js`,
            line: 7,
            presence: 'new',
            baseMs: 0,
            changedMs: 100,
            differenceMs: 100,
            lowMs: 90,
            highMs: 110,
          },
        ],
      },
    ],
  };
  return viewOf(named);
}

const require = createRequire(import.meta.url);

async function sarifValidator() {
  const schema: unknown = JSON.parse(
    await readFile(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  if (typeof schema !== 'object' || schema === null) throw new Error('It is no schema.');
  return new Draft4.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
}

/** An edition of before `skipped` could have a message, which in Jenkins' later ones it may. */
async function junitSchema(): Promise<string> {
  const schema = await readFile(new URL('../support/junit-4.xsd', import.meta.url), 'utf8');
  const skipped =
    '<xs:complexType mixed="true"><xs:attribute name="message" type="xs:string"/></xs:complexType>';
  return schema.replace(
    '<xs:element name="skipped" type="xs:string"/>',
    `<xs:element name="skipped">${skipped}</xs:element>`,
  );
}

describe('several hundred hostile names', () => {
  const views = HOSTILE_PAYLOADS.map((payload) => [payload, hostile(payload)] as const);

  test('are what they are meant to be', () => {
    expect(views.length).toBeGreaterThan(390);
  });

  test('do nothing in a terminal, nor in the log of a CI runner', () => {
    for (const [, view] of views) expect(obeyed(judgementText(view))).toEqual([]);
  });

  test.each([judgementCsv, judgementMarkdown, judgementSarif])(
    'do nothing in that log as what %o makes of them',
    (write) => {
      for (const [, view] of views) expect(commandsIn(write(view))).toEqual([]);
    },
  );

  test('are valid SARIF by its schema', async () => {
    const validate = await sarifValidator();
    for (const [, view] of views) {
      const sarif: unknown = JSON.parse(judgementSarif(view));
      expect(validate(sarif), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test('are valid JUnit by the schema of Jenkins', async () => {
    const schema = await junitSchema();
    const xml = views.map(([, view], index) => ({
      fileName: `${String(index)}.xml`,
      contents: judgementJunit(view),
    }));
    expect((await validateXML({ xml, schema })).errors).toEqual([]);
    const wrong = '<testsuites><testsuite name="a" colour="red"/></testsuites>';
    expect((await validateXML({ xml: wrong, schema })).valid).toBe(false);
  });

  test('stay names in JUnit', () => {
    const parser = new XMLParser({ ignoreAttributes: false, processEntities: false });
    for (const [, view] of views) {
      const xml = judgementJunit(view);
      expect(commandsIn(xml)).toEqual([]);
      expect(XMLValidator.validate(xml)).toBe(true);
      const parsed: unknown = parser.parse(xml);
      expect(parsed).toMatchObject({
        testsuites: { testsuite: { '@_tests': '3', '@_failures': '1', testcase: { length: 3 } } },
      });
    }
  });

  test('are the commands that GitHub’s own package writes of them', () => {
    for (const [, view] of views) expect(judgementGithub(view)).toBe(asGithubWrites(view));
  });

  test('are text in Markdown, in a table of as many rows as things were judged', () => {
    for (const [, view] of views) {
      const markdown = judgementMarkdown(view).replace('<!-- inpact -->', '').replace(FOLDED, '$1');
      expect(markdown).not.toMatch(/[<>`]|\]\(|(^|\s)@/);
      expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(5);
      expect(markdown.length).toBeLessThan(65_536);
    }
  });

  test('are no formula in a sheet, and stay in their fields', () => {
    for (const [, view] of views) {
      const [, ...rows] = recordsOf(judgementCsv(view));
      expect(rows.map((row) => row.length)).toEqual([14, 14]);
      expect(rows.flat().filter((field) => /^\s*[=+@]|^[\t\r]/.test(field))).toEqual([]);
    }
  });
});

/** The only HTML, around what nobody else may write HTML in. */
const FOLDED = /<details><summary>How it was measured<\/summary>\n<pre>\n([^]*?)\n<\/pre>\n<\/details>\n$/;

/** Its package writes to stdout, whatever it is asked for. */
function asGithubWrites({ entries }: JudgementView): string {
  let written = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  try {
    for (const { verdict, label, place, sentence, advice, source } of entries) {
      if (verdict === 'pass') continue;
      const properties = {
        title: termText(place.length === 0 ? label : `${label} (${place.join(', ')})`),
        ...(source === undefined ? {} : { file: termText(source.path), startLine: source.line }),
      };
      const message = termText(`${sentence}.${advice === null ? '' : ` ${advice}`}`);
      (verdict === 'fail' ? error : notice)(message, properties);
    }
  } finally {
    stdout.mockRestore();
  }
  return written;
}

test.each(['&#0;', '&lt;', '&amp;lt;', 'a & b', '<b>'])('%s is read from JUnit as it was', (name) => {
  const parsed: unknown = new XMLParser({ ignoreAttributes: false }).parse(judgementJunit(hostile(name)));
  const message = `It is ${name}. ${name}`;
  expect(parsed).toMatchObject({
    testsuites: { testsuite: { testcase: [{ failure: { '@_message': message } }, {}, {}] } },
  });
});

/** Two steps, of which no code is known. */
function twoSteps(): JudgementView {
  const comparison = compare(about(200, 12, 1), about(300, 12, 2));
  const [metric] = comparison.metrics;
  if (metric === undefined) throw new Error('A metric was compared.');
  return viewOf({
    ...comparison,
    subject: '../shop',
    metrics: ['search', 'open the cart'].map((step) => ({ ...metric, step })),
    changes: ['search', 'open the cart'].map((step) => ({ step, changes: [stage(step)] })),
  });
}

const stage = (step: string): Comparison['changes'][number]['changes'][number] => ({
  kind: 'stage',
  name: step === 'search' ? 'responseHandler' : 'handler',
  url: '',
  line: { unavailable: 'not-recorded' },
  presence: 'both',
  baseMs: 10,
  changedMs: 110,
  differenceMs: 100,
  lowMs: 90,
  highMs: 110,
});

const at = (uri: string) => ({
  locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }],
});

describe('of two steps that regressed', () => {
  test('each sentence says which it is about, also where nothing else would', () => {
    const view = twoSteps();
    expect(judgementMarkdown(view)).toMatch(/^- search: INP is .*\n- open the cart: INP is /m);
    const sarif: unknown = JSON.parse(judgementSarif(view));
    expect(sarif).toMatchObject({
      runs: [
        {
          results: [
            { message: { text: expect.stringMatching(/^search: INP is /) } },
            { message: { text: expect.stringMatching(/^open the cart: INP is /) } },
          ],
        },
      ],
    });
  });

  test('each SARIF result has an artifact below the repository, without which GitHub refuses the file', () => {
    const sarif: unknown = JSON.parse(judgementSarif(twoSteps()));
    expect(sarif).toMatchObject({
      runs: [
        {
          results: [
            at('..%2Fshop%2C%20changed%20against%20base/search'),
            at('..%2Fshop%2C%20changed%20against%20base/open%20the%20cart'),
          ],
        },
      ],
    });
  });

  test('each failure in JUnit has the changes of its own step, in words', () => {
    const xml = judgementJunit(twoSteps());
    const [, search = '', cart = ''] = xml.split('<failure ');
    expect(search).toContain('stage response handler, 10.0 ms → 110.0 ms');
    expect(search).not.toContain('stage handler');
    expect(cart).toContain('stage handler, ');
    expect(cart).not.toContain('response handler');
  });
});

test('Markdown says which versions were compared, and keeps the blanks of the pairs’ strip', () => {
  const markdown = judgementMarkdown(viewOf(compare(about(200, 12, 1), about(300, 12, 2))));
  expect(markdown).toMatch(/^\*\*Notes\*\*\n\n- base is .*; changed is /m);
  expect(FOLDED.exec(markdown)?.[1]).toMatch(/each pair&#39;s change&#58; .*&#91; {4}/);
});

test('a regression is shown at the line that takes most of what is new', () => {
  const view = hostile('src/list');
  expect(judgementGithub(view)).toMatch(/^::error title=INP[^,]*,file=src\/list\.js,line=7::/);
  const sarif: unknown = JSON.parse(judgementSarif(view));
  expect(sarif).toMatchObject({
    runs: [
      {
        results: [
          {
            ruleId: 'inp-regression',
            locations: [
              { physicalLocation: { artifactLocation: { uri: 'src/list.js' }, region: { startLine: 7 } } },
            ],
          },
          // What is measured beside it, of which nothing is certain.
          { kind: 'open' },
          { kind: 'open' },
        ],
      },
    ],
  });
});

test.each([
  ['http://localhost:8000/src/app.ts?v=1', 'src/app.ts'],
  ['webpack://shop/./src/cart.ts', 'src/cart.ts'],
  ['../../src/app.ts', 'src/app.ts'],
  ['https://cdn.test/a%2Fb%20c.js', 'a_b c.js'],
  ['https://cdn.test/', undefined],
  ['', undefined],
])('the address %s is the path %s of a repository', (address, path) => {
  expect(sourcePath(address)).toBe(path);
});

test('the sheet of a comparison has its figures as numbers', () => {
  const [head, row] = judgementCsv(viewOf(compare(about(200, 12, 1), about(300, 12, 2)))).split('\r\n');
  expect(head).toBe(
    'step,metric,role,finding,verdict,base,changed,ratio,low,high,confidence,pairs,p,threshold',
  );
  expect(row).toMatch(/^click,inp,gate,regressed,fail,[\d.]+,[\d.]+,1\.[\d.]+,1\.[\d.]+,1\.[\d.]+,0\.9,12,/);
});
