import type { Browser } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { unavailable } from '../../base/measure.ts';
import type { CpuThrottle, DeviceClass } from '../../result/browser-settings.ts';

/**
 * What a device of the class reaches in the benchmark, as DevTools' own calibration has it: a Moto G Power of 2022, a Pixel 5.
 * https://chromium.googlesource.com/devtools/devtools-frontend, front_end/panels/mobile_throttling/CalibrationController.ts
 */
const SCORES: Readonly<Record<DeviceClass, number>> = { 'low-tier-mobile': 264, 'mid-tier-mobile': 1000 };

const DEVICE_CLASSES: readonly DeviceClass[] = ['low-tier-mobile', 'mid-tier-mobile'];

/** What was asked for: a rate, or a class of device that a rate has to be found for. */
export type CpuWish = { readonly rate: number } | { readonly deviceClass: DeviceClass };

export function cpuWish(setting: string | number | undefined): CpuWish {
  if (setting === undefined) return { rate: 1 };
  const rate = Number(setting);
  if (rate >= 1) return { rate };
  const deviceClass =
    setting === 'auto' ? 'mid-tier-mobile' : DEVICE_CLASSES.find((known) => known === setting);
  if (deviceClass !== undefined) return { deviceClass };
  throw new InpactError('bad-usage', `“${String(setting)}” is no CPU throttling`, {
    hint: `Give a rate from 1, auto, or one of ${DEVICE_CLASSES.join(', ')}.`,
  });
}

export const throttleByRate = (rate: number): CpuThrottle => ({
  rate,
  deviceClass: null,
  hostScore: unavailable('not-measured'),
});

/**
 * Finds the rate at which this host is as slow as the class: Chrome's throttling is not linear, so what is throttled is measured
 * again and the rate corrected. 1 where the host is no faster.
 */
export async function calibrateCpu(browser: Browser, deviceClass: DeviceClass): Promise<CpuThrottle> {
  const page = await browser.newPage();
  try {
    const target = SCORES[deviceClass];
    const score = async (): Promise<number> => Number(await page.evaluate(BENCHMARK));
    // The first only warms the compiler up.
    await score();
    const hostScore = await score();
    let rate = Math.max(1, hostScore / target);
    for (let round = 0; round < CORRECTIONS && rate > 1; round++) {
      await page.emulateCPUThrottling(rate);
      rate = Math.max(1, rate * ((await score()) / target));
    }
    return { rate: Math.round(rate * 10) / 10, deviceClass, hostScore: Math.round(hostScore) };
  } finally {
    await page.close();
  }
}

const CORRECTIONS = 2;

/**
 * Lighthouse's BenchmarkIndex, by which the classes are defined: how many strings of 10 000 letters are put together, and how many
 * arrays of 100 000 numbers copied, in a tenth of a second. https://github.com/GoogleChrome/lighthouse/blob/main/core/lib/page-functions.js
 */
const BENCHMARK = `(() => {
  const MS = 250;
  const perTenth = (once, granularity) => {
    const start = performance.now();
    let times = 0;
    while (times % granularity !== 0 || performance.now() - start < MS) once(times++);
    return times / 10 / ((performance.now() - start) / 1000);
  };
  const strings = perTenth(() => {
    let text = '';
    for (let letter = 0; letter < 10_000; letter++) text += 'a';
    if (text.length === 1) throw new Error('Never; but the compiler does not know.');
  }, 1);
  const a = Array.from({ length: 100_000 }, (_, index) => index);
  const b = [...a];
  const copies = perTenth((times) => {
    const [from, to] = times % 2 === 0 ? [a, b] : [b, a];
    for (let index = 0; index < from.length; index++) to[index] = from[index];
  }, 10);
  return (strings + copies) / 2;
})()`;
