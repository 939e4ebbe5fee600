import { type Key, nameOf, type Target } from '../page/user.ts';
import type { Scenario, Step } from './scenario.ts';

export type { Scenario, SetUpContext, Step, StepContext } from './scenario.ts';
export type { User } from '../page/user.ts';

/** Checks a scenario's types in an editor; returns it as it is. */
export const defineScenario = (scenario: Scenario): Scenario => scenario;

/** What a ready-made step may be told beside what it does. */
export interface StepOptions extends Partial<
  Pick<Step, 'name' | 'description' | 'expects' | 'request' | 'prepare' | 'cleanUp'>
> {
  /** A selector to wait for after the input, so that the result is painted within the step. */
  readonly until?: Target;
}

/** A click. The pointer is there, and the hover painted, before the step begins. */
export const click = (target: Target, options: StepOptions = {}): Step =>
  input(`Click on ${nameOf(target)}`, options, {
    prepare: ({ user }) => user.hover(target),
    async run({ page }) {
      await page.mouse.down();
      await page.mouse.up();
    },
  });

/** Typing into a field, key by key. It has the focus before the step begins. */
export const type = (target: Target, text: string, options: StepOptions = {}): Step =>
  // What is typed may be secret: it is in no name.
  input(`Type into ${nameOf(target)}`, options, {
    prepare: ({ user }) => user.focus(target),
    run: ({ page }) => page.keyboard.type(text),
  });

/** One key, pressed where the focus is. */
export const press = (key: Key, options: StepOptions = {}): Step =>
  input(`Press ${key}`, options, { run: ({ user }) => user.press(key) });

/** Moving the pointer over an element. No interaction in INP's sense, so it expects none. */
export const hover = (target: Target, options: StepOptions = {}): Step =>
  input(
    `Hover over ${nameOf(target)}`,
    { expects: 'nothing', ...options },
    { run: ({ user }) => user.hover(target) },
  );

/** Turning the wheel by so many pixels. No interaction in INP's sense, so it expects none. */
export const scroll = (
  by: { readonly x?: number; readonly y?: number },
  { over, ...options }: StepOptions & { readonly over?: Target } = {},
): Step => input('Scroll', { expects: 'nothing', ...options }, { run: ({ user }) => user.scroll(by, over) });

/** Dragging one element onto another. The pointer is over the first before the step begins. */
export const drag = (from: Target, to: Target, options: StepOptions = {}): Step =>
  input(`Drag ${nameOf(from)} to ${nameOf(to)}`, options, { run: ({ user }) => user.drag(from, to) });

/** Waiting for an element: a step that measures what the page does by itself. */
export const waitFor = (target: Target, options: StepOptions = {}): Step =>
  input(
    `Wait for ${nameOf(target)}`,
    { expects: 'nothing', ...options },
    { run: ({ user }) => user.see(target) },
  );

/** Anything else, with Puppeteer's `page` in hand. */
export const custom = (name: string, run: Step['run'], options: StepOptions = {}): Step =>
  input(name, options, { run });

function input(
  name: string,
  { until, prepare, expects = 'interaction', ...rest }: StepOptions,
  action: Pick<Step, 'prepare' | 'run'>,
): Step {
  const { prepare: bring, run } = action;
  const prepares = [prepare, bring].filter((part) => part !== undefined);
  return {
    name,
    expects,
    ...rest,
    ...(prepares.length === 0
      ? {}
      : {
          async prepare(context) {
            for (const part of prepares) await part(context);
          },
        }),
    async run(context) {
      await run(context);
      if (until !== undefined) await context.user.see(until);
    },
  };
}
