import { InpactError } from '../../base/errors.ts';
import type { CpuThrottle } from '../../result/browser-settings.ts';
import { VIEWPORT } from '../browser/browser.ts';
import type { Deadlines } from '../deadlines.ts';
import { DEADLINES } from '../deadlines.ts';
import { throttleByRate } from '../environment/calibrate-cpu.ts';
import { deviceNamed } from '../environment/devices.ts';
import { networkNamed } from '../environment/networks.ts';
import type { PageEnvironment } from '../environment/page-environment.ts';
import { readStoredState } from '../environment/stored-state.ts';
import type { Settings } from './settings.ts';

/**
 * The surroundings that the settings ask for, with the processor as it is.
 * @param size The window that the scenario was made for, where the settings name none.
 * @throws {InpactError} `bad-usage`, naming what does not exist.
 */
export async function environmentOf(settings: Settings, size: string | undefined): Promise<PageEnvironment> {
  const device = settings.device === undefined ? undefined : deviceNamed(settings.device);
  const viewport = sizeOf(settings.viewport ?? (device === undefined ? size : undefined));
  const { storage, basicAuth, extraHeaders } = settings;
  return {
    settings: {
      headless: !settings.headed,
      attached: isAttached(settings),
      device: device?.name ?? null,
      locale: settings.locale ?? null,
      timeZone: settings.timeZone ?? null,
      cpu: throttleByRate(1),
      network: settings.network === undefined ? null : networkNamed(settings.network),
      blockedUrls: settings.blockUrls,
      cache: settings.cache,
      serviceWorkers: settings.serviceWorkers,
      categoryPreset: settings.categories,
      redaction: settings.redact,
      extraHeaders: Object.keys(extraHeaders),
      basicAuth: basicAuth !== undefined,
      storage: storage !== undefined,
    },
    viewport: { ...(device?.device.viewport ?? VIEWPORT), ...viewport },
    ...(device === undefined ? {} : { device: device.device }),
    extraHeaders,
    ...(basicAuth === undefined ? {} : { basicAuth: credentials(basicAuth) }),
    ...(storage === undefined ? {} : { state: await readStoredState(storage) }),
  };
}

/** The same, with the processor slowed down. */
export const withCpu = (environment: PageEnvironment, cpu: CpuThrottle): PageEnvironment => ({
  ...environment,
  settings: { ...environment.settings, cpu },
});

const isAttached = ({ browserUrl, wsEndpoint }: Settings): boolean =>
  browserUrl !== undefined || wsEndpoint !== undefined;

function sizeOf(text: string | undefined): { width: number; height: number } | undefined {
  const [width, height] = text?.split('x').map(Number) ?? [];
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** A password may hold a colon, a user's name not. */
function credentials(text: string): { username: string; password: string } {
  const at = text.indexOf(':');
  if (at < 1) throw new InpactError('bad-usage', '--basic-auth must be <user>:<password>');
  return { username: text.slice(0, at), password: text.slice(at + 1) };
}

export function deadlinesOf(settings: Settings): Deadlines {
  const { navigationTimeoutMs, stepTimeoutMs, elementTimeoutMs, hangTimeoutMs, callTimeoutMs } = settings;
  return {
    ...DEADLINES,
    ...given('navigationMs', navigationTimeoutMs),
    ...given('stepMs', stepTimeoutMs),
    ...given('elementMs', elementTimeoutMs),
    ...given('answerMs', hangTimeoutMs),
    // A page that hangs is asked no later than it may hang.
    ...given(
      'probeAfterMs',
      hangTimeoutMs === undefined ? undefined : Math.min(hangTimeoutMs, DEADLINES.probeAfterMs),
    ),
    ...given('callMs', callTimeoutMs),
    ...given('closeMs', callTimeoutMs),
    ...given('traceMs', callTimeoutMs === undefined ? undefined : Math.max(callTimeoutMs, 10_000)),
  };
}

const given = (name: keyof Deadlines, value: number | undefined): Partial<Deadlines> =>
  value === undefined ? {} : { [name]: value };
