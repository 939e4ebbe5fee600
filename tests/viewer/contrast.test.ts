import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '../../src/tracks/category.ts';

const TOKENS = readFileSync(new URL('../../viewer/styles/tokens.css', import.meta.url), 'utf8');
const [LIGHT = '', DARK = ''] = TOKENS.split('@media (prefers-color-scheme: dark)');

type Colours = ReadonlyMap<string, string>;

const coloursIn = (css: string): Colours =>
  new Map(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
  );

const light = coloursIn(LIGHT);
const THEMES: readonly (readonly [string, Colours])[] = [
  ['light', light],
  ['dark', new Map([...light, ...coloursIn(DARK)])],
];

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

test('contrast is measured as WCAG has it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

/** AA for text: https://www.w3.org/TR/WCAG22/#contrast-minimum. For what has a meaning: #non-text-contrast. */
const TEXT = 4.5;
const MARK = 3;

const ON_CATEGORIES = [...CATEGORIES.map((category) => `c-${category}`), 'c-function'];

const TEXTS: readonly (readonly [text: string, on: readonly string[]])[] = [
  ['c-text', ON_CATEGORIES],
  ['c-faded-text', ['c-faded']],
  ['ink', ['paper', 'wash', 'wait', 'queued']],
  ['ink-2', ['paper', 'wash']],
  ['ink-3', ['paper', 'wash']],
  ['link', ['paper', 'wash']],
  ['server-text', ['server', 'server-request', 'query']],
  ['interaction-text', ['interaction']],
  ['task-text', ['task']],
  ['paper', ['paint', 'blocking']],
  ['good', ['paper']],
  ['middling', ['paper', 'wash']],
  ['poor', ['paper']],
];

const MARKS: readonly (readonly [mark: string, on: readonly string[]])[] = [
  ['blocking', ['paper', 'c-task']],
  ['interaction', ['paper']],
  ['paint', ['paper']],
  ['download', ['paper']],
  ['task-cpu', ['paper', 'c-task']],
  ['found', ['paper', 'c-scripting', 'c-task']],
  ['edge', ['paper']],
];

describe.each(THEMES)('in the %s theme', (_, colours) => {
  const of = (name: string): string => colours.get(name) ?? '#000000';

  test.each(TEXTS)('%s can be read on %s', (text, grounds) => {
    const weak = grounds.filter((ground) => contrast(of(text), of(ground)) < TEXT);
    expect(weak.map((ground) => `${ground} ${contrast(of(text), of(ground)).toFixed(2)}`)).toEqual([]);
  });

  test.each(MARKS)('%s can be told from %s', (mark, grounds) => {
    const weak = grounds.filter((ground) => contrast(of(mark), of(ground)) < MARK);
    expect(weak.map((ground) => `${ground} ${contrast(of(mark), of(ground)).toFixed(2)}`)).toEqual([]);
  });
});
