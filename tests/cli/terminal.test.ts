import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../cli/output/json-text.ts';
import { term, termLines, termText } from '../../cli/output/terminal.ts';
import { HOSTILE_NAMES, obeyed } from '../support/hostile-names.ts';
import { commandsIn } from '../support/runner-commands.ts';

test.each(HOSTILE_NAMES)('%j is shown, not obeyed', (name) => {
  expect(obeyed(term(name))).toEqual([]);
});

test('whatever a page writes, nothing of it is obeyed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const shown of [term(text), termText(text)]) {
        expect(obeyed(shown)).toEqual([]);
        expect(shown).not.toContain('\n');
      }
      expect(obeyed(termLines(text))).toEqual([]);
    }),
  );
});

const COMMAND_LIKE = fc.string({
  unit: fc.constantFrom('#', '[', ']', ':', 'vso', '\\', ' ', '\u00a0', '\n', '\r'),
});

test('whatever a page writes, a CI runner that reads along obeys nothing of it', () => {
  fc.assert(
    fc.property(COMMAND_LIKE, COMMAND_LIKE, (name, text) => {
      for (const line of [term(name), termText(text), termLines(text), `${term(name)}: ${termText(text)}`])
        expect(obeyed(line)).toEqual([]);
    }),
  );
});

test('nor of JSON, which says the same as before', () => {
  fc.assert(
    fc.property(COMMAND_LIKE, (text) => {
      const json = jsonText({ [text]: [text] });
      expect(commandsIn(json)).toEqual([]);
      expect(JSON.parse(json)).toEqual({ [text]: [text] });
    }),
  );
});

test('what is harmless stays as it is', () => {
  expect(term('Käufer “日本” 🛒 #buy > a')).toBe('Käufer “日本” 🛒 #buy > a');
});

test('an escape is shown by its code', () => {
  expect(term('a\u001B[31mb\u0007\u202E')).toBe(String.raw`a\x1b[31mb\x07\x202e`);
});

test('a name of any length takes a few lines at most', () => {
  expect(term('x'.repeat(1_000_000)).length).toBeLessThan(400);
});

test('a path is not cut, so that it can be used', () => {
  const path = `/tmp/${'folder/'.repeat(200)}report.html`;
  expect(termText(path)).toBe(path);
});

test('the ends of lines that are meant are kept', () => {
  expect(termLines('Error\n    at \u001Bx\n')).toBe('Error\n    at \\x1bx\n');
});

test.each(['::set-env name=A::b', '  ::error::x', '##[command]x', '##vso[task.complete]'])(
  'a line that a CI runner would obey is not one any more: %s',
  (name) => {
    expect(termText(name)).toMatch(/^(\\x20)*\\x[0-9a-f]{2}\\x/);
  },
);

test('a command in the midst of a line is none any more, and is told as it was', () => {
  expect(term('SELECT ##[add-mask]e')).toBe(String.raw`SELECT \x23\x23[add-mask]e`);
  expect(jsonText('SELECT ##[add-mask]e')).toBe(String.raw`"SELECT #\u0023[add-mask]e"` + '\n');
});

test('a name of just the most letters is whole', () => {
  expect(term('x'.repeat(300))).toBe('x'.repeat(300));
  expect(term('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
});
