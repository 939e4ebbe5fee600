import { describe, expect, test } from 'vitest';
import { readSettings, settingsIn } from '../../src/capture/settings/read-settings.ts';

const read = (values: Readonly<Record<string, unknown>>): ReturnType<typeof readSettings> =>
  readSettings([{ name: 'inpact.config.json', values }]);

test('what nobody sets has its default', () => {
  expect(read({})).toMatchObject({
    warmUps: 1,
    repetitions: 1,
    cache: 'cold',
    categories: 'light',
    redact: 'default',
  });
});

test('later sources win', () => {
  const settings = readSettings([
    { name: 'file', values: { runs: 3, seed: 1, network: 'Slow 4G' } },
    { name: 'environment', values: { runs: 4, seed: 2 } },
    { name: 'flags', values: { runs: 5 } },
  ]);
  expect(settings).toMatchObject({ runs: 5, seed: 2, network: 'Slow 4G' });
});

test('a file may name its schema', () => {
  expect(read({ $schema: './config.schema.json', runs: 2 })).toMatchObject({ runs: 2 });
});

describe('a setting is refused', () => {
  test.each<[Readonly<Record<string, unknown>>, string, string]>([
    [{ run: 3 }, 'there is no setting “run”', 'Did you mean “runs”?'],
    [{ cpuThrotle: 4 }, 'there is no setting “cpuThrotle”', 'Did you mean “cpuThrottle”?'],
    [{ entirelyDifferent: 4 }, 'there is no setting', 'docs/configuration.md'],
    [{ __proto__: null, constructor: 4 }, 'there is no setting “constructor”', 'docs/configuration.md'],
    [{ runs: 0 }, 'runs must be at least 1', 'docs/configuration.md'],
    [{ runs: '3' }, 'runs must be a number', 'docs/configuration.md'],
    [{ viewport: 'large' }, 'viewport must be like 1280x800', 'docs/configuration.md'],
    [{ cache: 'lukewarm' }, 'cache must be cold or warm', 'docs/configuration.md'],
    [{ allowOrigins: ['https://a.test/', 'b.test'] }, 'allowOrigins.1 must be an origin', ''],
    [{ allowOrigins: ['https://a.test/form'] }, 'allowOrigins.0 must be an origin', ''],
    [{ basicAuth: 'secret' }, 'basicAuth must be <user>:<password>', 'docs/configuration.md'],
  ])('%j: %s', (values, message, hint) => {
    expect(() => read(values)).toThrow(
      expect.objectContaining({
        code: 'bad-usage',
        message: expect.stringMatching(new RegExp(`^inpact.config.json: ${message}`)),
        hint: expect.stringContaining(hint),
      }),
    );
  });

  test('without its value, which may be a secret, being repeated', () => {
    expect(() => read({ basicAuth: 'hunter2' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });
});

describe('the environment', () => {
  test('sets what its variables name; those of others are left alone, and empty ones too', () => {
    const env = {
      INPACT_RUNS: '7',
      INPACT_CPU_THROTTLE: 'auto',
      INPACT_BASIC_AUTH: 'me:123',
      INPACT_LOCALE: '',
      INPACT_BLOCK_URLS: '["*.ads/*"]',
      HOME: '/root',
    };
    expect(settingsIn(env).values).toEqual({
      runs: 7,
      cpuThrottle: 'auto',
      basicAuth: 'me:123',
      blockUrls: ['*.ads/*'],
    });
  });

  test('keeps as text what is text, though it looks like a number', () => {
    expect(settingsIn({ INPACT_OUTPUT: '2026' }).values).toEqual({ output: '2026' });
  });
});
