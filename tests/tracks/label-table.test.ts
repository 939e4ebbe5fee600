import { describe, expect, test } from 'vitest';
import type { SourcePosition } from '../../src/timeline/source-position.ts';
import { categoryOf } from '../../src/tracks/category.ts';
import { LabelTable } from '../../src/tracks/label-table.ts';

const at = (functionName: string, change: Partial<SourcePosition> = {}): SourcePosition => ({
  functionName,
  url: 'https://page.test/app.js',
  line: 10,
  column: 5,
  ...change,
});

describe('the label of a span', () => {
  test('is one for each function that an event calls, and one for all events that call none', () => {
    const table = new LabelTable();
    const numbers = [
      table.eventLabel('FunctionCall', at('f')),
      table.eventLabel('FunctionCall', at('g')),
      table.eventLabel('FunctionCall', at('f', { line: 99 })),
      table.eventLabel('FunctionCall', at('f')),
      table.eventLabel('Layout', undefined),
      table.eventLabel('Layout', undefined),
    ];
    expect(numbers).toEqual([0, 1, 2, 0, 3, 3]);
    expect(table.labels.map(({ name }) => name)).toEqual([
      'FunctionCall: f',
      'FunctionCall: g',
      'FunctionCall: f',
      'Layout',
    ]);
  });

  test('is the same for a function of which a profile that was begun anew speaks', () => {
    const table = new LabelTable();
    expect([
      table.functionFrame(at('f')),
      table.functionFrame(at('f')),
      table.functionFrame(at('g')),
    ]).toEqual([0, 0, 1]);
  });

  test('says of a function without a name that it has none, and of the collector that it is no script', () => {
    const table = new LabelTable();
    table.functionFrame(at(''));
    table.functionFrame(at('(garbage collector)', { url: '', line: undefined, column: undefined }));
    expect(table.labels).toMatchObject([
      { name: '(anonymous)', category: 'scripting', line: 10 },
      { name: '(garbage collector)', category: 'garbage', line: 0 },
    ]);
  });

  test('has no address that could hold a secret, neither the delivered one nor the author’s', () => {
    const secret = 'https://page.test/app.js?key=secret';
    const redacted = 'https://page.test/app.js?key=[6 characters]';
    const plain = new LabelTable();
    plain.functionFrame(at('f', { url: secret }));
    plain.eventLabel('FunctionCall', at('f', { url: secret }));
    const asked: string[] = [];
    const authored = new LabelTable(({ url }) => {
      asked.push(url);
      return { url: secret, line: 3, name: undefined };
    });
    authored.functionFrame(at('f', { url: secret }));
    expect([...plain.labels, ...authored.labels].map(({ url }) => url)).toEqual([
      redacted,
      redacted,
      redacted,
    ]);
    expect(asked).toEqual([redacted]);
  });

  test('is not looked for in a source map where it is not known where it stands', () => {
    const table = new LabelTable(() => ({ url: 'cart.ts', line: 3, name: 'addToCart' }));
    table.functionFrame(at('native', { url: '' }));
    table.functionFrame(at('without a line', { line: undefined }));
    table.functionFrame(at('without a column', { column: undefined }));
    expect(table.labels.map(({ name }) => name)).toEqual(['native', 'without a line', 'without a column']);
  });
});

test.each([
  ['RunTask', 'task'],
  ['FunctionCall', 'scripting'],
  ['v8.compile', 'scripting'],
  ['V8Console::runTask', 'scripting'],
  ['Layout', 'rendering'],
  ['Paint', 'painting'],
  ['ParseHTML', 'loading'],
  ['MinorGC', 'garbage'],
  ['V8.GCScavenger', 'garbage'],
  ['BlinkGC.AtomicPauseMarkEpilogue', 'garbage'],
  ['CppGC.AtomicMark', 'garbage'],
  ['ThreadPool_RunTask', 'other'],
  ['NotV8', 'other'],
] as const)('%s is time for %s', (name, category) => {
  expect(categoryOf(name)).toBe(category);
});
