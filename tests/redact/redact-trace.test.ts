import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonPieces } from '../../src/redact/json-pieces.ts';
import { redactText } from '../../src/redact/redact-text.ts';
import { redactTrace } from '../../src/redact/redact-trace.ts';
import type { RedactionLevel } from '../../src/redact/redaction.ts';
import { SECRETS } from '../support/secrets.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function* inChunks(text: string, size: number): Iterable<Uint8Array> {
  const bytes = encoder.encode(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function redacted(text: string, level: RedactionLevel = 'default', chunk = 1000): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const bytes of redactTrace(inChunks(text, chunk), level)) chunks.push(bytes);
  return decoder.decode(Buffer.concat(chunks));
}

const event = (rest: object): object => ({
  cat: 'devtools.timeline',
  name: 'X',
  ph: 'I',
  pid: 1,
  tid: 1,
  ts: 5,
  ...rest,
});
const traceOf = (...events: readonly object[]): string =>
  `{"traceEvents":[\n${events.map((one) => JSON.stringify(one)).join(',\n')}\n],"metadata":{"source":"test"}}`;

test('a trace without secrets stays as it is, byte by byte', async () => {
  const text = `${traceOf(event({ args: { data: { ä: 'ö€', n: [1, { a: null }] } } }))}\n`;
  for (const size of [1, 2, 7, 1000]) expect(await redacted(text, 'default', size)).toBe(text);
});

test('where chunks end makes no difference', async () => {
  const text = traceOf(
    event({
      args: { data: { url: 'https://me:pw@shop.test/a?token=s3cret#frag', text: 'quote " and \\ back' } },
    }),
    event({ args: { data: { headers: [{ name: 'X-Key', value: 's3cret' }] } } }),
  );
  const whole = await redacted(text, 'default', 100_000);
  expect(whole).not.toMatch(/s3cret|pw@|frag/);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (size) => {
      expect(await redacted(text, 'default', size)).toBe(whole);
    }),
    { numRuns: 30 },
  );
});

test('pieces put together are the text, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'a', '1', ' ') }),
      fc.integer({ min: 1, max: 9 }),
      (text, size) => {
        const pieces = new JsonPieces();
        const parts = [...inChunks(text, size)].flatMap((chunk) => pieces.push(chunk));
        expect([...parts, ...pieces.end()].map((piece) => piece.text).join('')).toBe(text);
      },
    ),
    { numRuns: 2000 },
  );
});

/** Each value in its own brackets. */
const valuesOf = (text: string): readonly string[] => {
  const pieces = new JsonPieces();
  const parts = [...pieces.push(encoder.encode(text)), ...pieces.end()];
  return parts.filter(({ kind }) => kind === 'value').map((piece) => piece.text);
};

test.each([
  ['each event of an array', '[{"a":[1,{"b":"]"}]},{"c":2}]', ['{"a":[1,{"b":"]"}]}', '{"c":2}']],
  [
    'each event of an object’s array, and each key',
    '{"t":[{"a":1},[2]],"u":"x"}',
    ['"t"', '{"a":1}', '[2]', '"u"', '"x"'],
  ],
  ['an object in an object', '{"m":{"a":{"b":[1]}}}', ['"m"', '{"a":{"b":[1]}}']],
  ['an array in an array', '[[{"a":1},2]]', ['[{"a":1},2]']],
  ['a text with an escaped quote', '["a\\"]b","c\\\\"]', ['"a\\"]b"', '"c\\\\"']],
  ['what is cut short in a value', '[{"a":1', ['{"a":1']],
  ['what is cut short in a text', '["a', ['"a']],
])('%s is taken whole', (_, text, values) => {
  expect(valuesOf(text)).toEqual(values);
});

test.each([
  ['the object form', traceOf(event({ args: { url: 'http://a.test/?k=s3cret' } }))],
  ['the array form', JSON.stringify([event({ args: { url: 'http://a.test/?k=s3cret' } })])],
  ['an array that is not closed', `[${JSON.stringify(event({ args: { url: 'http://a.test/?k=s3cret' } }))},`],
  ['metadata', `{"traceEvents":[],"metadata":{"url":"http://a.test/?k=s3cret"}}`],
  ['text between', `{"displayTimeUnit":"http://a.test/?k=s3cret","traceEvents":[]}`],
  ['a key', `{"http://a.test/?k=s3cret":1,"traceEvents":[]}`],
  ['an escaped address', `[{"args":{"url":"http:\\/\\/a.test\\/?k=s3cret"}}]`],
  ['letters as escapes', `[{"args":{"url":"\\u0068ttp://a.test/?\\u006b=s3cret"}}]`],
  ['an event that is cut short', `[{"args":{"url":"http://a.test/?k=s3cret`],
  ['an event that is no JSON', `[{"args":{"url":"http://a.test/?k=s3cret",}}]`],
])('in %s nothing is left of a secret', async (_, text) => {
  expect(await redacted(text)).not.toContain('s3cret');
});

test('a trace that was redacted stays as it is', async () => {
  const once = await redacted(
    traceOf(event({ args: { url: 'http://u:p@a.test/?k=s3cret#x', detail: 'private' } })),
  );
  expect(await redacted(once)).toBe(once);
  const twice = await redacted(once, 'strict');
  expect(await redacted(twice, 'strict')).toBe(twice);
});

const withHeaders = (...headers: readonly (readonly [string, string])[]): string =>
  traceOf(event({ args: { data: { headers: headers.map(([name, value]) => ({ name, value })) } } }));

describe('headers', () => {
  test('have a name and a value and nothing else: an entry with more is none', async () => {
    const entries = traceOf(
      event({
        args: {
          data: {
            list: [
              { name: 'x', value: 'ann', kind: 'cell' },
              { name: 7, value: 'ann' },
            ],
          },
        },
      }),
    );
    expect(await redacted(entries)).toBe(entries);
  });

  test('that say how something was sent are kept, all others not', async () => {
    const text = await redacted(
      withHeaders(['Content-Type', 'text/html'], ['Server-Timing', 'db;dur=5'], ['X-User', 'ann']),
    );
    expect(text).toContain('text/html');
    expect(text).toContain('db;dur=5');
    expect(text).toContain('{"name":"X-User","value":"[3 characters]"}');
  });

  test('that are an object are treated alike', async () => {
    const text = await redacted(
      traceOf(event({ args: { headers: { Authorization: 's3cret', Date: 'today' } } })),
    );
    expect(text).toContain('"Authorization":"[6 characters]"');
    expect(text).toContain('"Date":"today"');
  });
});

describe('what the page itself wrote', () => {
  test('as the detail of a mark, or as the text of a script, is left out', async () => {
    const text = await redacted(
      traceOf(
        event({ cat: 'blink.user_timing', name: 'm', args: { detail: '{"user":"ann"}', startTime: 4 } }),
        event({ args: { data: { sourceText: 'const key = "ann";' } } }),
      ),
    );
    expect(text).not.toContain('ann');
    expect(text).toContain('"startTime":4');
  });

  test('but pictures of the page are left out for strangers only', async () => {
    const text = traceOf(event({ name: 'Screenshot', ph: 'O', args: { snapshot: 'iVBORw0KGgo' } }));
    expect(await redacted(text)).toBe(text);
    expect(await redacted(text, 'strict')).toContain('"snapshot":"[11 characters]"');
  });

  test('does not include Chrome’s own marks, which have no time of their own to begin', async () => {
    const text = traceOf(event({ cat: 'blink.user_timing', name: 'navigationStart', args: {} }));
    expect(await redacted(text, 'strict')).toBe(text);
  });

  test('as the name of a mark is left out for strangers only', async () => {
    const text = traceOf(
      event({ cat: 'blink.user_timing', name: 'open Ann’s account', args: { startTime: 4 } }),
    );
    expect(await redacted(text)).toContain('Ann');
    expect(await redacted(text, 'strict')).not.toContain('Ann');
  });
});

test.each(SECRETS)('a secret of the kind “$kind” is found in any text', ({ kind, secret }) => {
  for (const text of [secret, `before ${secret} after`, `#${secret}`, `{"a":"${secret}"}`, `x=${secret};`]) {
    expect(redactText(text), `${kind} in ${text}`).not.toContain(secret.trim());
  }
});

test.each([
  'AWS_SECRET_ACCESS_KEY=hunter22',
  'DB_PASSWORD=hunter22',
  'userPassword: "hunter22"',
  'https://shop.test/cart;jsessionid=hunter22',
  'IMG[src=https://cdn.test/a.png?sig=hunter22]',
  'fetch https://api.test/x?token=hunter22',
  'data:text/html,<p>hunter22',
])('a secret is known by its name or its place: %s', (text) => {
  expect(redactText(text)).not.toContain('hunter22');
});

test('words are no secrets', () => {
  for (const text of [
    'navigationStart',
    'performance.mark',
    'v8.compile',
    'token',
    'password field',
    'bypass: yes',
    'compass=north',
    'sk-button',
    'EventDispatch: keydown',
    'http://shop.test/assets/index-4f3a2b1c.js',
    'a-very-long-class-name-with-many-parts_and_underscores',
    '0x7f3a2b1c4d5e',
  ]) {
    expect(redactText(text)).toBe(text);
  }
});

test('strangers see no e-mail addresses and no parts of paths that are no words', () => {
  const text = 'http://shop.test/reset/a8F3kQ9xZ2mN7pL4vB6c/ann@shop.test';
  expect(redactText(text)).toBe(text);
  expect(redactText(text, 'strict')).not.toMatch(/a8F3|ann/);
});
