import { InpactError } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import type { NetworkThrottle } from '../../result/browser-settings.ts';

type Conditions = Omit<NetworkThrottle, 'preset'>;

/**
 * The presets by the names under which people know them. DevTools' are what Chrome is told to simulate for them; Lighthouse's are
 * those of its applied throttling, where a request's latency stands for all round trips of a connection. https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
 */
const NETWORKS: Readonly<Record<string, Conditions>> = {
  // DevTools.
  'Slow 3G': { latencyMs: 2_000, downloadKbps: 400, uploadKbps: 400 },
  'Fast 3G': { latencyMs: 562.5, downloadKbps: 1_440, uploadKbps: 675 },
  'Slow 4G': { latencyMs: 562.5, downloadKbps: 1_440, uploadKbps: 675 },
  'Fast 4G': { latencyMs: 165, downloadKbps: 8_100, uploadKbps: 1_350 },
  // Lighthouse.
  mobileSlow4G: { latencyMs: 562.5, downloadKbps: 1_474.56, uploadKbps: 675 },
  mobileRegular3G: { latencyMs: 1_125, downloadKbps: 630, uploadKbps: 630 },
  desktopDense4G: { latencyMs: 40, downloadKbps: 10_240, uploadKbps: 10_240 },
};

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** `Slow 4G`, `slow-4g` and `slow4g` are one name. */
export function networkNamed(name: string): NetworkThrottle {
  const known = Object.entries(NETWORKS).find(([preset]) => plain(preset) === plain(name));
  if (known !== undefined) return { preset: known[0], ...known[1] };
  throw new InpactError('bad-usage', `There is no network preset “${name}”`, {
    hint: `Did you mean ${nearest(name, Object.keys(NETWORKS), 1).join()}? There are ${Object.keys(NETWORKS).join(', ')}.`,
  });
}
