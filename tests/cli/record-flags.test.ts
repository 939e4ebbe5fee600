import { Command } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import { addCommonFlags, addPageFlags, type Flags, givenFlags, wholeFrom } from '../../cli/record-flags.ts';

/** The settings of a command line. */
function settingsOf(...args: readonly string[]): Flags {
  const command = new Command().exitOverride();
  addPageFlags(addCommonFlags(command, { runs: 6 }));
  command.parse(args, { from: 'user' });
  return givenFlags(command.opts());
}

describe('the flags that are given', () => {
  test('and no others are settings, so that the configuration file decides the rest', () => {
    expect(settingsOf()).toEqual({});
    expect(settingsOf('--no-service-workers', '--no-capture-lock', '-n', '3')).toEqual({
      serviceWorkers: false,
      captureLock: false,
      runs: 3,
    });
  });

  test('as actions are done in their order, whatever their kinds', () => {
    const given = settingsOf(
      '--click',
      '#a',
      '--type',
      '#q=x',
      '--press',
      'Enter',
      '--click',
      '#b',
      '--type',
      '#q=y',
    );
    expect(given).toEqual({
      actions: ['click:#a', 'type:#q=x', 'press:Enter', 'click:#b', 'type:#q=y'],
    });
  });

  test('as words may be given at once or one after the other', () => {
    expect(settingsOf('--block-urls', '*.png  *.gif', '--block-urls', '*.woff2')).toEqual({
      blockUrls: ['*.png', '*.gif', '*.woff2'],
    });
  });
});

describe('a number', () => {
  test('may be the least one', () => {
    expect(wholeFrom(1)('1')).toBe(1);
    expect(wholeFrom(0)('0')).toBe(0);
    expect(settingsOf('--warm-ups', '0')).toEqual({ warmUps: 0 });
  });

  test.each(['', ' ', '0', '-1', '1.5', '1e3', '0x10', '99999999999999999999'])(
    'is whole, and no less: %j',
    (text) => {
      expect(() => wholeFrom(1)(text)).toThrow('It must be a whole number from 1.');
    },
  );
});
