import { type Command, Option } from '@commander-js/extra-typings';
import type { Settings } from '../../src/capture/settings/settings.ts';
import type { InconclusivePolicy } from '../exit-code.ts';
import { addCommonFlags, addPageFlags, type Flags, wholeFrom } from '../record-flags.ts';
import { DEFAULT_REPETITIONS, InpactError } from '../../src/index.ts';
import { inconclusiveOption, reporterOption } from '../judgement-options.ts';
import type { Reporter } from '../reporter.ts';

/** What holds for the recording of pairs where nobody says otherwise. */
export const PAIR_DEFAULTS: Partial<Settings> = { repetitions: DEFAULT_REPETITIONS };

/** What only a comparison is told. */
export interface CompareFlags {
  /** Names with commas between. */
  readonly metrics?: string;
  /** In percent. */
  readonly margin?: number;
  readonly maxPairs?: number;
  readonly thorough: boolean;
  /** The folder of a session, whose variants the two are. */
  readonly session?: string;
  /** The folder of a comparison that was interrupted. */
  readonly resume?: string;
  /** A git reference to compare the working copy with. */
  readonly base?: string;
  readonly build?: string;
  /** The page's address on both checkouts' servers. */
  readonly url?: string;
  /** A folder of source maps. */
  readonly sourceMaps?: string;
  readonly json: boolean;
  readonly reporter?: readonly Reporter[];
  readonly onInconclusive: InconclusivePolicy;
}

/** Adds what a comparison takes. */
export function addCompareFlags<Args extends unknown[]>(command: Command<Args>): Command<Args> {
  addPairFlags(command);
  command.option('--session <folder>', 'compare two variants that were recorded before');
  command.option('--resume <folder>', 'go on with a comparison that was interrupted');
  command.option('--base <git-ref>', 'compare the working copy with this: both are built and served');
  command.option('--build <command>', 'how a checkout is built, in the same folder of it as this one');
  command.option(
    '--url <address>',
    "the page's address on each, with {port} in it (default: http://localhost:{port}/)",
  );
  command.option(
    '--source-maps <folder>',
    'name what changed as the author does, by the .map files in a folder',
  );
  command.addOption(reporterOption());
  command.addOption(inconclusiveOption());
  return command;
}

/** Adds what the recording of pairs takes. */
export function addPairFlags<Args extends unknown[]>(command: Command<Args>): Command<Args> {
  addPageFlags(addCommonFlags(command, { repetitions: DEFAULT_REPETITIONS }));
  command.option('--metrics <names>', 'what decides, with commas between (default: inp,icp)');
  command.addOption(
    new Option(
      '--margin <percent>',
      'what may be higher without harm, and at least a frame (default: 10)',
    ).argParser(wholeFrom(1)),
  );
  command.addOption(
    new Option('--max-pairs <number>', 'pairs at most (default: 24)').argParser(wholeFrom(8)),
  );
  command.option('--thorough', 'up to 40 pairs');
  return command;
}

/** What was given, divided into what is the comparison's and what is the recording's. */
export interface DividedFlags {
  readonly given: Flags;
  readonly own: CompareFlags;
  readonly recording: Flags;
}

export function splitFlags(given: Flags): DividedFlags {
  const recording = Object.fromEntries(Object.entries(given).filter(([name]) => !OWN.has(name)));
  return {
    given,
    own: {
      ...textOf(given, 'metrics'),
      ...numberOf(given, 'margin'),
      ...numberOf(given, 'maxPairs'),
      thorough: given['thorough'] === true,
      ...textOf(given, 'session'),
      ...textOf(given, 'resume'),
      ...textOf(given, 'base'),
      ...textOf(given, 'build'),
      ...textOf(given, 'url'),
      ...textOf(given, 'sourceMaps'),
      json: given['json'] === true,
      ...(isReporters(given['reporter']) ? { reporter: given['reporter'] } : {}),
      onInconclusive: policyOf(given['onInconclusive']),
    },
    recording,
  };
}

/** What a comparison of two that were recorded before is told beside its own flags. */
export interface RecordedFlags {
  /** Where session, verdict and report go. Nothing is written where it is absent. */
  readonly output?: string;
  readonly maxReportSize?: number;
  readonly quiet: boolean;
}

/** @throws {InpactError} `bad-usage`, naming a flag that only a recording would heed. */
export function flagsForRecorded(given: Flags): RecordedFlags {
  const other = Object.entries(given).find(
    ([name, value]) => isGiven(name, value) && !FOR_RECORDED.has(name),
  );
  if (other !== undefined) throw onlyForRecording(other);
  return {
    ...textOf(given, 'output'),
    ...numberOf(given, 'maxReportSize'),
    quiet: given['quiet'] === true,
  };
}

/** Of flags that begin with `--no-`, commander says true where they were not given. */
const isGiven = (name: string, value: unknown): boolean =>
  value !== undefined && !(value === true && NEGATED.has(name));

const NEGATED: ReadonlySet<string> = new Set(['serviceWorkers', 'captureLock', 'failFast']);

function onlyForRecording([name, value]: readonly [string, unknown]): InpactError {
  const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flag = value === false ? `--no-${words}` : `--${words}`;
  return new InpactError(
    'bad-usage',
    `${flag} is for recording, and these two are said to be recorded already`,
    {
      hint: 'Leave it out, or give two addresses that begin with http:// or https:// to record them.',
    },
  );
}

const OWN: ReadonlySet<string> = new Set<keyof CompareFlags>([
  'metrics',
  'margin',
  'maxPairs',
  'thorough',
  'session',
  'resume',
  'base',
  'build',
  'url',
  'sourceMaps',
  'json',
  'reporter',
  'onInconclusive',
]);

const FOR_RECORDED: ReadonlySet<string> = new Set<keyof CompareFlags | keyof RecordedFlags>([
  'metrics',
  'margin',
  'maxPairs',
  'thorough',
  'session',
  'sourceMaps',
  'json',
  'reporter',
  'onInconclusive',
  'output',
  'maxReportSize',
  'quiet',
]);

function textOf<Name extends string>(given: Flags, name: Name): { readonly [K in Name]?: string } {
  const value = given[name];
  const found: { [K in Name]?: string } = {};
  return typeof value === 'string' ? { ...found, [name]: value } : found;
}

function numberOf<Name extends string>(given: Flags, name: Name): { readonly [K in Name]?: number } {
  const value = given[name];
  const found: { [K in Name]?: number } = {};
  return typeof value === 'number' ? { ...found, [name]: value } : found;
}

const isReporters = (value: unknown): value is readonly Reporter[] => Array.isArray(value);

const policyOf = (value: unknown): InconclusivePolicy =>
  value === 'pass' || value === 'fail' ? value : 'report';
