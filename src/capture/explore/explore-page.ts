import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { redactText } from '../../redact/redact-text.ts';
import type { OpenBrowser } from '../browser/browser.ts';
import { problemOf } from '../load-failure.ts';
import type { LoadOrder } from '../load/load-order.ts';
import { runLoad } from '../load/run-load.ts';
import { uniquelyNamed } from '../scenario/action-steps.ts';
import { click, type } from '../scenario/define-scenario.ts';
import type { Scenario, Step } from '../scenario/scenario.ts';
import { type Control, findControls } from './find-controls.ts';

export interface ExploreOrder {
  readonly load: Pick<LoadOrder, 'url' | 'environment' | 'allowedOrigins' | 'deadlines'>;
  /** How many controls to try at most. */
  readonly limit: number;
  /** Whether to press also what looks destructive. */
  readonly allowDestructive: boolean;
  readonly launch: () => Promise<OpenBrowser>;
  readonly signal: AbortSignal;
}

export interface Explored {
  readonly scenario: Scenario;
  /** What the page has beside it, and why it is not tried. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** After this nothing more is tried out. */
const LONGEST_MS = 60_000;
/** A control that is not ready by then is not worth a wait in every load. */
const ELEMENT_MS = 2_000;

/**
 * Makes a scenario of a page's visible buttons, links and fields. Each is tried once in an untraced load of its own: one that fails there would
 * end every load of the recording.
 */
export async function explorePage(order: ExploreOrder): Promise<Explored> {
  const browsers = new Browsers(order);
  const stop = (): void => void browsers.end();
  order.signal.addEventListener('abort', stop, { once: true });
  try {
    return await exploreWith(browsers, order);
  } finally {
    order.signal.removeEventListener('abort', stop);
    await browsers.end();
  }
}

async function exploreWith(browsers: Browsers, order: ExploreOrder): Promise<Explored> {
  const until = performance.now() + LONGEST_MS;
  const controls = (await controlsOf(await browsers.open(), order)).map(withoutSecrets);
  const leftOut: LeftOut[] = [];
  const tried: Control[] = [];
  for (const control of controls) {
    order.signal.throwIfAborted();
    const isOver = tried.length >= order.limit || performance.now() > until;
    const why = refusalOf(control, order) ?? (isOver ? 'one too many' : await browsers.failureOf(control));
    if (why === undefined) tried.push(control);
    else leftOut.push({ name: control.name, why });
  }
  if (tried.length === 0) {
    throw new InpactError('capture-failed', 'The page has nothing that can be tried', {
      hint: leftOut.length === 0 ? 'Give --click, or a scenario.' : `Left out: ${leftOutText(leftOut)}.`,
    });
  }
  const setUp: Scenario['setUp'] = ({ page }) => stayAt(page, order.load.url);
  return { scenario: { name: 'auto', setUp, steps: uniquelyNamed(tried.map(stepOf)) }, leftOut };
}

function refusalOf({ refusal }: Control, { allowDestructive }: ExploreOrder): string | undefined {
  return refusal === 'looks destructive' && allowDestructive ? undefined : refusal;
}

export const leftOutText = (leftOut: readonly LeftOut[]): string =>
  leftOut.map(({ name, why }) => `“${name}” (${why})`).join(', ');

/** What a control is called may be somebody's address. */
const withoutSecrets = (control: Control): Control => ({ ...control, name: redactText(control.name) });

/** One browser after the other: a control that went wrong has spoilt the one that it was tried in. */
class Browsers {
  readonly #order: ExploreOrder;
  #open: Promise<OpenBrowser> | undefined;

  constructor(order: ExploreOrder) {
    this.#order = order;
  }

  open(): Promise<OpenBrowser> {
    this.#open ??= this.#order.launch();
    return this.#open;
  }

  async failureOf(control: Control): Promise<string | undefined> {
    const failure = await failureOf(await this.open(), control, this.#order);
    if (failure !== undefined) await this.end();
    return failure;
  }

  async end(): Promise<void> {
    const ending = this.#open;
    this.#open = undefined;
    await (await ending)?.end();
  }
}

async function controlsOf({ browser }: OpenBrowser, { load }: ExploreOrder): Promise<readonly Control[]> {
  let found: readonly Control[] = [];
  const look: Step = {
    name: 'look',
    expects: 'nothing',
    async run({ page }) {
      // What a page makes after its load event is a control as well.
      await delay(QUIET_MS);
      found = await findControls(page);
    },
  };
  const { problems } = await runLoad(browser, {
    ...untraced,
    ...load,
    scenario: { name: 'auto', steps: [look] },
  });
  const [problem] = problems;
  if (problem === undefined) return found;
  throw new InpactError('capture-failed', `The page could not be looked at: ${problem.message}`);
}

const QUIET_MS = 500;

const untraced = { variant: 'page', repetitions: 1, onBufferUsage: (): void => undefined };

async function failureOf(
  { browser }: OpenBrowser,
  control: Control,
  { load }: ExploreOrder,
): Promise<string | undefined> {
  const deadlines = { ...load.deadlines, elementMs: Math.min(load.deadlines.elementMs, ELEMENT_MS) };
  const setUp: Scenario['setUp'] = ({ page }) => stayAt(page, load.url);
  try {
    const scenario = { name: 'auto', setUp, steps: [inputOf(control)] };
    const { problems } = await runLoad(browser, { ...untraced, ...load, deadlines, scenario });
    return problems[0]?.code;
  } catch (error) {
    if (error instanceof InpactError) throw error;
    return problemOf(error, 'The load').code;
  }
}

function inputOf({ kind, selector, name }: Control): Step {
  // Whether a click is timed before it leads away is the page's business.
  const expects = 'nothing';
  return kind === 'click'
    ? click(selector, { name: `Click on “${name}”`, expects })
    : type(selector, TYPED, { name: `Type into “${name}”`, expects });
}

/** Begins with the page as it was loaded, so that it does not depend on what the steps before have done. */
function stepOf(control: Control): Step {
  const step = inputOf(control);
  return {
    ...step,
    async prepare(context) {
      await backTo(context.page, context.url);
      await step.prepare?.(context);
    },
  };
}

/** A digit: fields for numbers take it too. */
const TYPED = '1';

async function backTo(page: Page, url: string): Promise<void> {
  const isSameDocument = url.includes('#') && withoutHash(page.url()) === withoutHash(url);
  await page.goto(url, { waitUntil: 'load' });
  if (isSameDocument) await page.reload({ waitUntil: 'load' });
}

const withoutHash = (url: string): string => url.replace(/#.*/, '');

/** Refuses the page every other origin, however it comes there: by a link, a form, a redirect or a script. */
async function stayAt(page: Page, url: string): Promise<void> {
  const { origin } = new URL(url);
  const session = await page.createCDPSession();
  const { frameTree } = await session.send('Page.getFrameTree');
  session.on('Fetch.requestPaused', ({ requestId, frameId, request }) => {
    const leaves = frameId === frameTree.frame.id && new URL(request.url).origin !== origin;
    const answered = leaves
      ? session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : session.send('Fetch.continueRequest', { requestId });
    // The page may have gone meanwhile.
    answered.catch(() => undefined);
  });
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
}
