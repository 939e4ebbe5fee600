import * as v from 'valibot';
import { InpactError } from '../../base/errors.ts';
import { editDistance, nearest } from '../../base/nearest.ts';
import { SETTING_NAMES, type Settings, settingsSchema } from './settings.ts';

/** Settings as one source has them, and what to call that source in a message. */
export interface SettingsSource {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Puts the sources together, the later over the earlier, and checks them.
 * @throws {InpactError} `bad-usage`, naming the source and the setting, and for an unknown one what was probably meant.
 */
export function readSettings(sources: readonly SettingsSource[]): Settings {
  for (const source of sources) refuseUnknown(source);
  const merged = Object.fromEntries(
    sources.flatMap(({ values }) => Object.entries(values)).filter(([key]) => key !== '$schema'),
  );
  const result = v.safeParse(settingsSchema, merged);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  const [setting = ''] = path.split('.');
  const source = sources.findLast(({ values }) => Object.hasOwn(values, setting));
  throw new InpactError('bad-usage', `${source?.name ?? 'The settings'}: ${path} ${issue.message}`, {
    hint: 'docs/configuration.md lists every setting.',
  });
}

function refuseUnknown({ name, values }: SettingsSource): void {
  for (const key of Object.keys(values)) {
    if (key === '$schema' || SETTING_NAMES.includes(key)) continue;
    const [likely = ''] = nearest(key, SETTING_NAMES, 1);
    throw new InpactError('bad-usage', `${name}: there is no setting “${key}”`, {
      hint:
        editDistance(key, likely) <= MOST_MISTAKES
          ? `Did you mean “${likely}”?`
          : 'docs/configuration.md lists every setting.',
    });
  }
}

const MOST_MISTAKES = 4;

/** Settings of the environment: `INPACT_CPU_THROTTLE=4` is `cpuThrottle: 4`. Other variables that begin so are refused. */
export function settingsIn(env: Readonly<Record<string, string | undefined>>): SettingsSource {
  const given = Object.entries(env).filter(([name, value]) => name.startsWith(PREFIX) && value !== '');
  return {
    name: 'The environment',
    values: Object.fromEntries(
      given.map(([name, value]) => {
        const key = camelCase(name.slice(PREFIX.length));
        return [key, valueOf(key, value ?? '')] as const;
      }),
    ),
  };
}

const PREFIX = 'INPACT_';

const camelCase = (name: string): string =>
  name.toLowerCase().replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What a text stands for: JSON where the setting takes more than text, otherwise the text itself. */
function valueOf(key: string, value: string): unknown {
  if (TEXTS.has(key)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Settings whose value is text, whatever it looks like: a password may be a number. */
const TEXTS: ReadonlySet<string> = new Set([
  'url',
  'scenario',
  'shard',
  'chromePath',
  'browserUrl',
  'wsEndpoint',
  'network',
  'device',
  'viewport',
  'locale',
  'timeZone',
  'basicAuth',
  'storage',
  'serverTrace',
  'startServer',
  'readyPattern',
  'output',
  'resume',
]);
