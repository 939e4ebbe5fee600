import { isDeepStrictEqual } from 'node:util';
import { environmentOf } from '../src/capture/settings/build-environment.ts';
import { cpuWish } from '../src/capture/environment/calibrate-cpu.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { type Environment, InpactError, type Session } from '../src/index.ts';
import { redactText } from '../src/redact/redact-text.ts';

/**
 * Half a recording in other surroundings would be a mixture that nothing in it tells.
 * @throws {InpactError} `bad-usage`, naming the settings that are not as they were.
 */
export async function refuseOtherSettings(
  { environment }: Session,
  settings: Settings,
  size: string | undefined,
): Promise<void> {
  const { settings: asked, viewport } = await environmentOf(settings, size);
  // As the session has them: an address may hold a secret.
  const browser = { ...asked, blockedUrls: asked.blockedUrls.map((url) => redactText(url)) };
  const others = [
    ...BROWSER_SETTINGS.filter(([key]) => !isDeepStrictEqual(browser[key], environment.browser[key])).map(
      ([, setting]) => setting,
    ),
    ...(isSameCpu(settings, environment) ? [] : ['cpuThrottle']),
    ...(isSameSize(viewport, environment.viewport) ? [] : ['viewport']),
  ];
  if (others.length === 0) return;
  throw new InpactError('bad-usage', `The recording to go on with had other settings: ${others.join(', ')}`, {
    hint: 'Give them as they were, or record anew.',
  });
}

/** What is asked of a browser, and which setting asks for it. The processor is apart: what was measured of it differs. */
const BROWSER_SETTINGS: readonly (readonly [
  key: Exclude<keyof Environment['browser'], 'cpu'>,
  setting: keyof Settings,
])[] = [
  ['headless', 'headed'],
  ['attached', 'browserUrl'],
  ['device', 'device'],
  ['locale', 'locale'],
  ['timeZone', 'timeZone'],
  ['network', 'network'],
  ['blockedUrls', 'blockUrls'],
  ['cache', 'cache'],
  ['serviceWorkers', 'serviceWorkers'],
  ['categoryPreset', 'categories'],
  ['redaction', 'redact'],
  ['extraHeaders', 'extraHeaders'],
  ['basicAuth', 'basicAuth'],
  ['storage', 'storage'],
];

/** A class of devices is the same wish, whatever rate this host needs for it now. */
function isSameCpu({ cpuThrottle }: Settings, { browser: { cpu } }: Environment): boolean {
  const wish = cpuWish(cpuThrottle);
  return 'rate' in wish
    ? cpu.deviceClass === null && cpu.rate === wish.rate
    : cpu.deviceClass === wish.deviceClass;
}

type Size = Environment['viewport'];

const isSameSize = (one: Size, other: Size): boolean =>
  one.width === other.width && one.height === other.height;
