import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { RUNS } from './runs.ts';
import { maxReportSize } from './report-size-flag.ts';

/** What the flags of one command line say: only those that were given, so that the configuration file decides the rest. */
export type Flags = Readonly<Record<string, unknown>>;

/** What holds where neither flag nor file says otherwise, and differs from command to command. */
export interface HowOften {
  /** Absent where it is found out while recording how many it takes. */
  readonly runs?: number;
  readonly repetitions?: number;
}

/** How often each variant is loaded. */
const howOften = ({ runs, repetitions = 1 }: HowOften): readonly Option[] => [
  ...(runs === undefined
    ? []
    : [numberFlag('-n, --runs <number>', `loads of each variant that count (default: ${String(runs)})`, 1)]),
  numberFlag('--warm-ups <number>', 'loads of each variant before these (default: 1)', 0),
  numberFlag(
    '--repetitions <number>',
    `how often each step runs within a load, whose value is their median (default: ${String(repetitions)})`,
    1,
  ),
  numberFlag('--seed <number>', 'what the random order is drawn from (default: random)', 0),
];

/** In which browser, where to: what all recording commands take. */
const COMMON: readonly Option[] = [
  new Option(
    '--config <file>',
    'settings to use (default: inpact.config.{ts,mts,js,mjs,json}, if there is one)',
  ),
  new Option('--chrome-path <path>', 'use this Chrome'),
  new Option('--chrome-flags <flags>', 'more flags for Chrome, with spaces between').argParser(words),
  new Option('--headed', 'show the browser'),
  new Option(
    '--categories <preset>',
    'what is traced: light, or full to explain rather than to measure (default: light)',
  ).choices(['light', 'full']),
  new Option(
    '--redact <how>',
    'what traces leave out: secrets, also what tells strangers about people, or nothing (default: default)',
  ).choices(['default', 'strict', 'off']),
  new Option(
    '--host-check <how>',
    'how idle the machine must be for a load to count (default: default)',
  ).choices(['strict', 'default', 'off']),
  new Option(
    '--cross-check',
    'ask the page itself as well, by web-vitals, in two more loads of each variant',
  ),
  new Option('--no-fail-fast', 'try all loads, also where the first five fail alike'),
  new Option('--no-capture-lock', 'do not wait for another recording on this machine to end'),
  new Option('-o, --output <folder>', 'where traces and report go (default: a new folder in inpact-results)'),
  maxReportSize(),
  new Option('-q, --quiet', 'print the path of the report and nothing else'),
];

/** What is done to a page, and in which surroundings. */
const PAGE: readonly Option[] = [
  new Option('--scenario <file>', "a scenario module, or what Chrome's Recorder panel exports as JSON"),
  new Option('--click <selector>', 'without a scenario: click there (repeatable, kept in order)').argParser(
    action('click'),
  ),
  new Option('--type <selector=text>', 'without a scenario: type there').argParser(action('type')),
  new Option('--press <key>', 'without a scenario: press a key').argParser(action('press')),
  new Option('--auto', 'without a scenario: try the visible buttons, links and fields'),
  numberFlag('--auto-limit <number>', 'how many of them at most (default: 10)', 1),
  new Option('--allow-destructive', 'try also what looks as if it deletes, pays, sends or logs out'),
  new Option(
    '--interactive',
    'without a scenario: use the page yourself until Ctrl-C, or until you close it',
  ),
  new Option(
    '--cpu-throttle <rate>',
    'slow the page down by a rate, or to a class: low-tier-mobile, mid-tier-mobile, auto (default: 1)',
  ),
  new Option(
    '--network <preset>',
    'slow the network down, by a preset of DevTools or Lighthouse: "Slow 4G", …',
  ),
  new Option('--device <name>', "emulate a device of Puppeteer's list"),
  new Option('--viewport <size>', 'the size of the page (default: 1280x800)'),
  new Option('--locale <tag>', 'such as de-DE'),
  new Option('--time-zone <name>', 'such as Europe/Berlin'),
  new Option('--block-urls <patterns>', 'block requests; * stands for anything').argParser(words),
  new Option('--cache <state>', 'warm: load the page once before (default: cold)').choices(['cold', 'warm']),
  new Option('--no-service-workers', 'go past service workers'),
  new Option('--extra-headers <json>', 'headers for every request').argParser(jsonObject),
  new Option('--basic-auth <user:password>', 'answer to a server that asks'),
  new Option('--storage <file>', "cookies and local storage, as Playwright's storageState keeps them"),
  new Option('--allow-origins <origins>', 'where the page may lead beside its own').argParser(words),
  new Option('--browser-url <url>', 'use a Chrome that runs already, by its debugging address'),
  new Option('--ws-endpoint <url>', 'the same, by its web socket'),
  new Option(
    '--server-trace <address|file>',
    'where the page’s server gives the trace that it keeps of itself: see docs/server-agent.md',
  ),
  new Option('--start-server <command>', 'start this first, and stop it in the end'),
  new Option('--ready-pattern <pattern>', 'what it prints when it is ready (default: listen|ready)'),
  numberFlag('--ready-timeout-ms <number>', 'how long that may take (default: 60000)', 1),
  numberFlag('--navigation-timeout-ms <number>', 'how long a page may load (default: 30000)', 1),
  numberFlag('--step-timeout-ms <number>', 'how long a step may take (default: 30000)', 1),
  numberFlag('--element-timeout-ms <number>', 'how long a step may look for an element (default: 10000)', 1),
  numberFlag('--hang-timeout-ms <number>', 'how long a page may not answer (default: 8000)', 1),
  numberFlag('--call-timeout-ms <number>', 'how long Chrome may not answer (default: 15000)', 1),
];

/** Adds the flags of every recording command. */
export const addCommonFlags = <Args extends unknown[]>(
  command: Command<Args>,
  often: HowOften,
): Command<Args> => withFlags(command, [...howOften(often), ...COMMON]);

/** Adds those that say how often, and in which browser, the lab is loaded to see what recording costs. */
export const addCalibrationFlags = <Args extends unknown[]>(command: Command<Args>): Command<Args> =>
  withFlags(
    command,
    [...howOften({ runs: RUNS.calibrate }), ...COMMON].filter((flag) =>
      CALIBRATION.has(flag.attributeName()),
    ),
  );

const CALIBRATION: ReadonlySet<string> = new Set([
  'runs',
  'warmUps',
  'seed',
  'config',
  'chromePath',
  'chromeFlags',
  'headed',
  'captureLock',
  'output',
  'quiet',
]);

/** Adds what a recording of one's own page takes beside these. */
export const addPageFlags = <Args extends unknown[]>(command: Command<Args>): Command<Args> =>
  withFlags(command, PAGE);

function withFlags<Args extends unknown[]>(command: Command<Args>, flags: readonly Option[]): Command<Args> {
  for (const flag of flags) command.addOption(flag);
  return command;
}

/**
 * The flags that were given, as settings. `--click`, `--type` and `--press` have gone into one list, in their order.
 */
export function givenFlags(flags: Flags): Flags {
  const { click, type, press, serviceWorkers, captureLock, failFast, ...rest } = flags;
  const lists = [click, type, press].filter((list) => Array.isArray(list)).flat();
  return {
    ...rest,
    ...(serviceWorkers === false ? { serviceWorkers } : {}),
    ...(captureLock === false ? { captureLock } : {}),
    ...(failFast === false ? { failFast } : {}),
    ...(lists.length === 0 ? {} : { actions: inOrder(lists) }),
  };
}

interface Ordered {
  readonly order: number;
  readonly action: string;
}

const isOrdered = (value: unknown): value is Ordered =>
  typeof value === 'object' && value !== null && 'order' in value && 'action' in value;

const inOrder = (actions: readonly unknown[]): readonly string[] =>
  actions
    .filter(isOrdered)
    .toSorted((a, b) => a.order - b.order)
    .map(({ action: text }) => text);

/** Notes which flag came first: commander keeps one list for each. */
function action(kind: string): (text: string, before?: readonly Ordered[]) => readonly Ordered[] {
  return (text, before = []) => [...before, { order: performance.now(), action: `${kind}:${text}` }];
}

function numberFlag(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser(wholeFrom(least));
}

/** Reads a whole number, and nothing that `Number` takes beside: for it, nothing is 0. */
export function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${String(least)}.`);
    }
    return number;
  };
}

function words(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(/\s+/).filter((word) => word !== '')];
}

function jsonObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What could not be read may be a secret: it is not repeated.
    throw new InvalidArgumentError('It must be JSON, such as {"X-Trace": "1"}.');
  }
}
