import { type Device, KnownDevices } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';

export type { Device };

/** A device by its name in Puppeteer's list, which is DevTools' list. Case does not matter. */
export function deviceNamed(name: string): { readonly name: string; readonly device: Device } {
  const known = Object.entries(KnownDevices).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return { name: known[0], device: known[1] };
  throw new InpactError('bad-usage', `There is no device “${name}”`, {
    hint: `Did you mean ${nearest(name, Object.keys(KnownDevices)).join(', ')}? Puppeteer's list of devices has all.`,
  });
}
