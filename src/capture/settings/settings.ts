import * as v from 'valibot';
import type { Redaction } from '../../redact/redaction.ts';
import type { CacheState, CategoryPreset } from '../../result/browser-settings.ts';
import type { HostCheck } from '../load/integrity.ts';
import { ORIGIN } from '../load/leads-elsewhere.ts';

export interface Settings {
  readonly url?: string;
  readonly scenario?: string;
  readonly actions: readonly string[];
  /** Without a scenario: try what there is. */
  readonly auto: boolean;
  readonly autoLimit: number;
  readonly allowDestructive: boolean;
  readonly interactive: boolean;
  readonly runs?: number;
  readonly warmUps: number;
  readonly repetitions: number;
  readonly seed?: number;
  readonly shard?: string;
  readonly chromePath?: string;
  readonly chromeFlags: readonly string[];
  readonly headed: boolean;
  readonly browserUrl?: string;
  readonly wsEndpoint?: string;
  readonly cpuThrottle?: string | number;
  readonly network?: string;
  readonly device?: string;
  readonly viewport?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly blockUrls: readonly string[];
  readonly cache: CacheState;
  readonly serviceWorkers: boolean;
  readonly extraHeaders: Readonly<Record<string, string>>;
  readonly basicAuth?: string;
  readonly storage?: string;
  readonly allowOrigins: readonly string[];
  readonly serverTrace?: string;
  readonly startServer?: string;
  readonly readyPattern?: string;
  readonly readyTimeoutMs: number;
  readonly categories: CategoryPreset;
  readonly redact: Redaction;
  readonly hostCheck: HostCheck;
  readonly crossCheck: boolean;
  readonly captureLock: boolean;
  readonly failFast: boolean;
  readonly output?: string;
  /** Of the report, in bytes. */
  readonly maxReportSize?: number;
  readonly resume?: string;
  readonly quiet: boolean;
  readonly navigationTimeoutMs?: number;
  readonly stepTimeoutMs?: number;
  readonly elementTimeoutMs?: number;
  readonly hangTimeoutMs?: number;
  readonly callTimeoutMs?: number;
}

/** What a recording may be told, from a configuration file, the environment or the command line: one schema for all three. */
const text = v.string('must be text');
const yesOrNo = v.boolean('must be true or false');
const number = v.number('must be a number');
const count = (least: number): v.GenericSchema<number> =>
  v.pipe(number, v.integer('must be a whole number'), v.minValue(least, `must be at least ${String(least)}`));
const milliseconds = v.pipe(number, v.minValue(1, 'must be at least 1'));
const texts = v.array(text, 'must be a list');

const entries = {
  // What is done.
  url: v.exactOptional(text),
  scenario: v.exactOptional(
    v.pipe(text, v.description('A scenario module, or a Recorder file of Chrome DevTools.')),
  ),
  actions: v.exactOptional(
    v.pipe(
      v.array(v.pipe(text, v.regex(/^(click|type|press):./, 'must be click:…, type:…=… or press:…'))),
      v.description('Without a scenario: click:<selector>, type:<selector>=<text>, press:<key>.'),
    ),
    [],
  ),
  auto: v.exactOptional(
    v.pipe(yesOrNo, v.description('Without a scenario: try the visible buttons, links and fields.')),
    false,
  ),
  autoLimit: v.exactOptional(count(1), 10),
  allowDestructive: v.exactOptional(
    v.pipe(
      yesOrNo,
      v.description('Whether auto presses also what looks as if it deletes, pays, sends or logs out.'),
    ),
    false,
  ),
  interactive: v.exactOptional(
    v.pipe(yesOrNo, v.description('Without a scenario: a person uses the page, in a window.')),
    false,
  ),

  // How often.
  runs: v.exactOptional(count(1)),
  warmUps: v.exactOptional(count(0), 1),
  repetitions: v.exactOptional(count(1), 1),
  seed: v.exactOptional(count(0)),
  shard: v.exactOptional(
    v.pipe(text, v.regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, 'must be like 2/4: the second of four')),
  ),

  // In which browser.
  chromePath: v.exactOptional(text),
  chromeFlags: v.exactOptional(texts, []),
  headed: v.exactOptional(yesOrNo, false),
  browserUrl: v.exactOptional(text),
  wsEndpoint: v.exactOptional(text),

  // In which surroundings.
  cpuThrottle: v.exactOptional(
    v.pipe(
      v.union([text, v.number()]),
      v.description('A rate from 1, a class (low-tier-mobile, mid-tier-mobile), or auto.'),
    ),
  ),
  network: v.exactOptional(text),
  device: v.exactOptional(text),
  viewport: v.exactOptional(v.pipe(text, v.regex(/^\d{2,5}x\d{2,5}$/, 'must be like 1280x800'))),
  locale: v.exactOptional(text),
  timeZone: v.exactOptional(text),
  blockUrls: v.exactOptional(texts, []),
  cache: v.exactOptional(v.picklist(['cold', 'warm'], 'must be cold or warm'), 'cold'),
  serviceWorkers: v.exactOptional(yesOrNo, true),
  extraHeaders: v.exactOptional(v.record(text, text), {}),
  basicAuth: v.exactOptional(v.pipe(text, v.regex(/^[^:]+:/, 'must be <user>:<password>'))),
  storage: v.exactOptional(text),
  allowOrigins: v.exactOptional(
    v.array(v.pipe(text, v.regex(ORIGIN, 'must be an origin, such as https://login.test')), 'must be a list'),
    [],
  ),
  serverTrace: v.exactOptional(text),
  startServer: v.exactOptional(text),
  readyPattern: v.exactOptional(text),
  readyTimeoutMs: v.exactOptional(milliseconds, 60_000),

  // What is kept.
  categories: v.exactOptional(v.picklist(['light', 'full'], 'must be light or full'), 'light'),
  redact: v.exactOptional(
    v.picklist(['strict', 'default', 'off'], 'must be strict, default or off'),
    'default',
  ),
  hostCheck: v.exactOptional(
    v.picklist(['strict', 'default', 'off'], 'must be strict, default or off'),
    'default',
  ),
  captureLock: v.exactOptional(
    v.pipe(yesOrNo, v.description('Whether to wait until no other recording is under way on this machine.')),
    true,
  ),
  failFast: v.exactOptional(
    v.pipe(yesOrNo, v.description('Whether to end where the first five loads fail alike.')),
    true,
  ),
  crossCheck: v.exactOptional(
    v.pipe(yesOrNo, v.description('Whether the page is asked as well, in two more loads of each variant.')),
    false,
  ),
  output: v.exactOptional(text),
  maxReportSize: v.exactOptional(v.pipe(count(1), v.description('Of the report, in bytes.'))),
  resume: v.exactOptional(text),
  quiet: v.exactOptional(yesOrNo, false),

  // How long anything may take.
  navigationTimeoutMs: v.exactOptional(milliseconds),
  stepTimeoutMs: v.exactOptional(milliseconds),
  elementTimeoutMs: v.exactOptional(milliseconds),
  hangTimeoutMs: v.exactOptional(milliseconds),
  callTimeoutMs: v.exactOptional(milliseconds),
};

export const SETTING_NAMES: readonly string[] = Object.keys(entries);

export const settingsSchema: v.GenericSchema<unknown, Settings> = v.strictObject(entries);
