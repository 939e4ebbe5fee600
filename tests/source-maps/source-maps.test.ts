import { describe, expect, test } from 'vitest';
import { type Locate, locator, type SourceMap } from '../../src/source-maps/source-maps.ts';

/** Of a file whose first line is the third of `src/cart.ts`: `a` there is `addToCart`, from column 10 on. */
const CART = {
  version: 3,
  file: 'app.js',
  sources: ['../src/cart.ts'],
  names: ['addToCart'],
  // Generated column 10 is line 3, column 5 of the source, and has a name.
  mappings: 'UAEKA',
};

const at = (column: number, url = 'https://page.test/assets/app.js'): Parameters<Locate>[0] => ({
  url,
  line: 1,
  column,
});

const located = (maps: readonly SourceMap[], column: number, url?: string): ReturnType<Locate> =>
  locator(maps)(at(column, url));

const FOUND = { url: 'https://page.test/src/cart.ts', line: 3, column: 6, name: 'addToCart' };

test('a place in a script becomes the author’s, counted from 1', () => {
  expect(located([{ of: 'assets/app.js.map', map: CART }], 11)).toEqual(FOUND);
  expect(located([{ of: 'assets/app.js.map', map: CART }], 15)).toEqual(FOUND);
});

test.each<readonly [string, unknown]>([
  ['an object', CART],
  ['JSON', JSON.stringify(CART)],
  ['a data address', `data:application/json,${encodeURIComponent(JSON.stringify(CART))}`],
  ['a data address in Base64', `data:application/json;base64,${btoa(JSON.stringify(CART))}`],
  ['made of sections', { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: CART }] }],
])('a map may be %s', (_, map) => {
  expect(located([{ of: 'app.js.map', map }], 11)).toEqual(FOUND);
});

describe('nothing is found', () => {
  test.each<readonly [string, SourceMap, number]>([
    ['before the first place that the map knows', { of: 'app.js.map', map: CART }, 10],
    ['of another script', { of: 'other.js.map', map: CART }, 11],
    ['in a map that is broken', { of: 'app.js.map', map: '{"version":3,' }, 11],
    ['in something else', { of: 'app.js.map', map: '[]' }, 11],
    ['in a map of sources that it lacks', { of: 'app.js.map', map: { ...CART, mappings: 'UCEKA' } }, 11],
    ['in a map with places of another kind', { of: 'app.js.map', map: { ...CART, mappings: 7 } }, 11],
    ['in an address that does not decode', { of: 'app.js.map', map: 'data:;base64,%%%' }, 11],
    ['in nothing', { of: 'app.js.map', map: undefined }, 11],
  ])('%s', (_, map, column) => {
    expect(located([map], column)).toBeUndefined();
  });

  test('without maps', () => {
    expect(located([], 11)).toBeUndefined();
  });
});

describe('a script’s map', () => {
  const OTHER = { ...CART, sources: ['../src/other.ts'] };

  test('is the one whose path fits best', () => {
    const maps = [
      { of: 'admin/app.js.map', map: OTHER },
      { of: 'build/assets/app.js.map', map: CART },
    ];
    expect(located(maps, 11)).toEqual(FOUND);
  });

  test('is none of two that fit equally well', () => {
    const maps = [
      { of: 'one/app.js.map', map: OTHER },
      { of: 'two/app.js.map', map: CART },
    ];
    expect(located(maps, 11)).toBeUndefined();
  });

  test('is the later one of a script that was loaded twice', () => {
    const of = 'https://page.test/assets/app.js';
    expect(
      located(
        [
          { of, map: OTHER },
          { of, map: CART },
        ],
        11,
      ),
    ).toEqual(FOUND);
  });

  test('is found though the script’s address has a query', () => {
    const found = located(
      [{ of: 'assets/app.js.map', map: CART }],
      11,
      'https://page.test/assets/app.js?v=[4 characters]',
    );
    expect(found).toMatchObject({ line: 3, name: 'addToCart' });
  });
});
