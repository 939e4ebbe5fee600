import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/capture/scenario/load-scenario.ts';
import { viewportOf } from '../../src/capture/scenario/recorder-flow.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAGE = { type: 'navigate', url: 'http://shop.test/', assertedEvents: [{ type: 'navigation' }] };
const SIZE = {
  type: 'setViewport',
  width: 900,
  height: 700,
  deviceScaleFactor: 1,
  isMobile: false,
  hasTouch: false,
  isLandscape: false,
};
const CLICK = { type: 'click', selectors: [['aria/Search'], ['#search']], offsetX: 5, offsetY: 5 };

async function fileWith(...steps: readonly object[]): Promise<string> {
  const path = join(await temporaryFolder(), 'flow.json');
  await writeFile(path, JSON.stringify({ title: 'Search', steps }));
  return path;
}

const names = async (...steps: readonly object[]): Promise<readonly string[]> =>
  (await loadScenario(await fileWith(SIZE, PAGE, ...steps))).steps.map(({ name }) => name);

test('a recording is a scenario with its page and its window', async () => {
  const path = await fileWith(SIZE, PAGE, CLICK);
  expect(await loadScenario(path)).toMatchObject({
    name: 'Search',
    url: 'http://shop.test/',
    steps: [{ name: 'Click on “Search”', expects: 'interaction' }],
  });
  expect(await viewportOf(path)).toBe('900x700');
});

test('its steps are called after their elements, and what is typed is in no name', async () => {
  expect(
    await names(
      { ...CLICK, selectors: ['#search'] },
      { type: 'change', selectors: ['aria/Query[role="textbox"]'], value: 'secret' },
      { type: 'hover', selectors: ['aria/[role="menu"]', '#menu'] },
      { type: 'scroll', x: 0, y: 100 },
      { ...CLICK, selectors: ['#search'] },
    ),
  ).toEqual([
    'Click on #search',
    'Change “Query”',
    'Hover over aria/[role="menu"]',
    'Scroll',
    'Click on #search (2)',
  ]);
});

test('a key that goes down and up is one step, and what is waited for belongs to the step before', async () => {
  expect(
    await names(
      { type: 'keyDown', key: 'Enter' },
      { type: 'keyUp', key: 'Enter' },
      { type: 'waitForElement', selectors: ['#result'] },
      { type: 'keyDown', key: 'Shift' },
      { type: 'keyDown', key: 'A' },
    ),
  ).toEqual(['Press Enter', 'Hold Shift', 'Hold A']);
});

describe('a recording is refused', () => {
  test.each<[string, readonly object[], RegExp]>([
    ['that goes to no page first', [CLICK], /does not begin with the page/],
    ['that does nothing', [SIZE, PAGE], /does nothing/],
    ['with a step of an unknown type', [PAGE, { type: 'dance' }], /./],
    ['with a click on nothing', [PAGE, { type: 'click' }], /./],
  ])('%s', async (_, steps, why) => {
    await expect(loadScenario(await fileWith(...steps))).rejects.toMatchObject({
      code: 'bad-scenario',
      message: expect.stringMatching(why),
      hint: expect.stringContaining('Recorder'),
    });
  });
});
