import { readFile } from 'node:fs/promises';
import {
  parse,
  PuppeteerRunnerExtension,
  selectorToPElementSelector,
  StepType,
  type Step as RecordedStep,
  type UserFlow,
} from '@puppeteer/replay';
import type { KeyInput } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { uniquelyNamed } from './action-steps.ts';
import { click, custom, hover, press } from './define-scenario.ts';
import type { Scenario, Step, StepContext } from './scenario.ts';

/**
 * A recording of Chrome's Recorder panel, as it exports it. https://developer.chrome.com/docs/devtools/recorder/reference
 *
 * Its clicks and keys are given by us, with the pointer in place before the step begins: Replay's own locators ask the page for
 * its layout until it is stable, which would be measured. Everything else Replay does.
 * @throws {InpactError} `bad-scenario`, saying what is wrong with the file.
 */
export async function loadRecording(path: string): Promise<Scenario> {
  const flow = await flowIn(path);
  const [first, ...rest] = flow.steps.filter(({ type }) => type !== StepType.SetViewport);
  if (first?.type !== StepType.Navigate) {
    throw notARecording(path, 'it does not begin with the page that it goes to');
  }
  const steps = uniquelyNamed(stepsOf(rest, flow));
  if (steps.length === 0) throw notARecording(path, 'it does nothing on its page');
  return { name: flow.title, url: first.url, steps };
}

/** The size of the window that it was recorded in, if it says so. */
export async function viewportOf(path: string): Promise<string | undefined> {
  const size = (await flowIn(path)).steps.find(({ type }) => type === StepType.SetViewport);
  return size?.type === StepType.SetViewport ? `${String(size.width)}x${String(size.height)}` : undefined;
}

async function flowIn(path: string): Promise<UserFlow> {
  try {
    return parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw notARecording(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const notARecording = (path: string, why: string, cause?: unknown): InpactError =>
  new InpactError('bad-scenario', `The recording ${path} can't be used: ${why}`, {
    hint: 'In the Recorder panel of Chrome DevTools choose Export, then JSON.',
    cause,
  });

/** What waits for something belongs to the step before it: there its result is painted. */
function stepsOf(recorded: readonly RecordedStep[], flow: UserFlow): readonly Step[] {
  const steps: Step[] = [];
  for (const [index, step] of recorded.entries()) {
    const next = recorded[index + 1];
    const last = steps.at(-1);
    if (isWait(step) && last !== undefined) {
      steps[steps.length - 1] = andThen(last, replayed(step, flow));
    } else if (!isRelease(step, recorded[index - 1])) {
      steps.push(stepFrom(step, next, flow));
    }
  }
  return steps;
}

const isWait = ({ type }: RecordedStep): boolean =>
  type === StepType.WaitForElement || type === StepType.WaitForExpression;

/** Whether it lets go of the key that the step before pressed: the two are one interaction. */
const isRelease = (step: RecordedStep, before: RecordedStep | undefined): boolean =>
  step.type === StepType.KeyUp && before?.type === StepType.KeyDown && before.key === step.key;

function stepFrom(step: RecordedStep, next: RecordedStep | undefined, flow: UserFlow): Step {
  const rest = replayed(step, flow);
  switch (step.type) {
    case StepType.Click: {
      const isPlain = (step.button ?? 'primary') === 'primary' && isOnMainFrame(step);
      if (!isPlain) return custom(nameFor(step), rest);
      return withNavigation(click(targetsOf(step.selectors), { name: nameFor(step) }), step);
    }
    case StepType.Hover:
      return isOnMainFrame(step)
        ? hover(targetsOf(step.selectors), { name: nameFor(step) })
        : custom(nameFor(step), rest, { expects: 'nothing' });
    case StepType.KeyDown:
      return next !== undefined && isRelease(next, step) && isKey(step.key)
        ? withNavigation(withNavigation(press(step.key), step), next)
        : custom(nameFor(step), rest, { expects: 'nothing' });
    case StepType.DoubleClick:
      return custom(nameFor(step), rest);
    default:
      return custom(nameFor(step), rest, { expects: 'nothing' });
  }
}

const isKey = (key: string): key is KeyInput => key !== '';

const isOnMainFrame = ({ target = 'main', frame = [] }: { target?: string; frame?: number[] }): boolean =>
  target === 'main' && frame.length === 0;

/** An input that leads to another page, or to another address of the same, is over when that is there. */
function withNavigation(step: Step, { assertedEvents = [] }: RecordedStep): Step {
  if (assertedEvents.length === 0) return step;
  return {
    ...step,
    async run(context) {
      const navigated = context.page.waitForNavigation();
      // Whichever fails first is the one to report.
      await Promise.all([navigated, step.run(context)]);
    },
  };
}

/** Runs one step as Puppeteer's Replay does. */
const replayed =
  (step: RecordedStep, flow: UserFlow) =>
  async ({ page }: StepContext): Promise<void> => {
    const timeout = step.timeout ?? flow.timeout ?? DEFAULT_TIMEOUT_MS;
    try {
      await new PuppeteerRunnerExtension(page.browser(), page, { timeout }).runStep(step, flow);
    } catch (cause) {
      if (step.type !== StepType.WaitForElement) throw cause;
      // Replay says that something was not there, and not what.
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`waiting for ${calledIn(step.selectors)} afterwards: ${why}`, { cause });
    }
  };

/** Replay's own. */
const DEFAULT_TIMEOUT_MS = 5_000;

const andThen = (step: Step, then: (context: StepContext) => Promise<void>): Step => ({
  ...step,
  async run(context) {
    await step.run(context);
    await then(context);
  },
});

type Selectors = readonly (string | string[])[];

const targetsOf = (selectors: Selectors): readonly string[] => selectors.map(selectorToPElementSelector);

/** `Click on “Search”`: by what the step's element is called, if the recording says so, or by its selector. */
function nameFor(step: RecordedStep): string {
  const subject = 'selectors' in step && step.selectors !== undefined ? calledIn(step.selectors) : '';
  switch (step.type) {
    case StepType.Click:
      return `Click on ${subject}`;
    case StepType.DoubleClick:
      return `Double-click on ${subject}`;
    case StepType.Hover:
      return `Hover over ${subject}`;
    case StepType.Change:
      // What is typed may be secret: it is in no name.
      return `Change ${subject}`;
    case StepType.KeyDown:
    case StepType.KeyUp:
      return `${step.type === StepType.KeyDown ? 'Hold' : 'Release'} ${step.key}`;
    case StepType.Navigate:
      return 'Go to another page';
    case StepType.Scroll:
      return subject === '' ? 'Scroll' : `Scroll ${subject}`;
    default:
      return step.type;
  }
}

function calledIn(selectors: Selectors): string {
  const flat = selectors.map((selector) => (typeof selector === 'string' ? selector : selector.join(' ')));
  const named = flat.find((selector) => /^(aria|text)\/[^[]/.test(selector));
  return named === undefined ? (flat[0] ?? '') : `“${named.replace(KIND, '').replace(ROLE, '')}”`;
}

const KIND = /^(aria|text)\//;
/** What the panel adds to a name that is not the only one: `aria/Search[role="textbox"]`. */
const ROLE = /\[role="[^"]*"\]$/;
