import { calibrateCpu, type CpuWish, throttleByRate } from '../src/capture/environment/calibrate-cpu.ts';
import type { CpuThrottle } from '../src/index.ts';
import type { BrowserFinder } from './browser-finder.ts';

/** Where the processor is to be as slow as a class of devices, this host is measured first. */
export async function cpuThrottle(wish: CpuWish, findBrowser: BrowserFinder): Promise<CpuThrottle> {
  if ('rate' in wish) return throttleByRate(wish.rate);
  const open = await findBrowser.open();
  try {
    return await calibrateCpu(open.browser, wish.deviceClass);
  } finally {
    await open.end();
  }
}
