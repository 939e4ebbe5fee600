import { describe, expect, test } from 'vitest';
import { scenarioOf, uniquelyNamed } from '../../src/capture/scenario/action-steps.ts';
import {
  click,
  custom,
  drag,
  hover,
  press,
  scroll,
  type Step,
  type StepContext,
  type,
  waitFor,
} from '../../src/capture/scenario/define-scenario.ts';

/** What a step does, in words, before and after it begins. */
async function courseOf(step: Step): Promise<{ readonly before: string[]; readonly during: string[] }> {
  let words: string[] = [];
  const say =
    (what: string) =>
    (...args: readonly unknown[]): Promise<void> => {
      words.push(
        [what, ...args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))].join(' '),
      );
      return Promise.resolve();
    };
  const speaking = (name: string): object =>
    new Proxy({}, { get: (_, method) => say(`${name}.${String(method)}`) });
  const context = {
    user: speaking('user'),
    page: { mouse: speaking('mouse'), keyboard: speaking('keyboard') },
  };
  await Reflect.apply(step.prepare ?? (() => undefined), undefined, [context]);
  const before = words;
  words = [];
  await Reflect.apply(step.run, undefined, [context]);
  return { before, during: words };
}

test('a click moves the pointer before the step begins, so that the hover is not measured', async () => {
  expect(await courseOf(click('#buy', { until: '.done' }))).toEqual({
    before: ['user.hover #buy'],
    during: ['mouse.down', 'mouse.up', 'user.see .done'],
  });
});

test('typing begins with the focus in place', async () => {
  expect(await courseOf(type('#q', 'shoes'))).toEqual({
    before: ['user.focus #q'],
    during: ['keyboard.type shoes'],
  });
});

test('what a step is given to prepare comes before its own', async () => {
  const step = click('#buy', { prepare: ({ user }) => user.press('Escape') });
  expect((await courseOf(step)).before).toEqual(['user.press Escape', 'user.hover #buy']);
});

test.each<[string, Step, Step['expects']]>([
  ['Click on #a', click('#a'), 'interaction'],
  ['Click on #a', click(['#a', '#b']), 'interaction'],
  ['Type into #a', type('#a', 'secret'), 'interaction'],
  ['Press Enter', press('Enter'), 'interaction'],
  ['Hover over #a', hover('#a'), 'nothing'],
  ['Scroll', scroll({ y: 300 }), 'nothing'],
  ['Drag #a to #b', drag('#a', '#b'), 'interaction'],
  ['Wait for #a', waitFor('#a'), 'nothing'],
  ['Compute', custom('Compute', (context: StepContext) => context.user.press('a')), 'interaction'],
])('is called “%s” and expects what such input gives', (name, step, expects) => {
  expect(step).toMatchObject({ name, expects });
});

test('name and expectation are the author’s where he gives them', () => {
  expect(click('#a', { name: 'buy', expects: 'paint', request: '/api/buy' })).toMatchObject({
    name: 'buy',
    expects: 'paint',
    request: '/api/buy',
  });
});

describe('actions of the command line', () => {
  test('become steps in their order', async () => {
    const { steps } = scenarioOf(['click:#a', 'type:[name=q]=x=y', 'press:Enter']);
    expect(steps.map(({ name }) => name)).toEqual(['Click on #a', 'Type into [name=q]', 'Press Enter']);
    const [, typing] = steps;
    if (typing === undefined) throw new Error('There is no second step.');
    expect((await courseOf(typing)).during).toEqual(['keyboard.type x=y']);
  });

  test.each(['type:#q', 'press:Strg+C', 'press:'])('are refused if they make no sense: %s', (action) => {
    expect(() => scenarioOf([action])).toThrow(expect.objectContaining({ code: 'bad-usage' }));
  });

  test('that are the same are numbered', () => {
    expect(uniquelyNamed([click('#a'), press('a'), click('#a')]).map(({ name }) => name)).toEqual([
      'Click on #a',
      'Press a',
      'Click on #a (2)',
    ]);
  });
});
