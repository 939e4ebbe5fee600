import { arch, cpus, platform } from 'node:os';
import { CATEGORIES } from '../src/capture/load/categories.ts';
import type { PageEnvironment } from '../src/capture/environment/page-environment.ts';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { Environment, Session, Variant } from '../src/index.ts';
import { redactText } from '../src/redact/redact-text.ts';

/** As it is written: an address may hold a password. */
export const shown = ({ name, description, url }: Variant): Variant => ({
  name,
  description: redactText(description),
  url: redactText(url),
});

export const describeScenario = ({ name, steps }: Scenario): Session['scenario'] => ({
  name,
  steps: steps.map((step) => ({
    name: step.name,
    description: step.description ?? step.name,
    expects: step.expects,
    ...(step.request === undefined ? {} : { request: step.request }),
  })),
});

export function describeEnvironment(
  chrome: string,
  chromeFlags: readonly string[],
  { settings, viewport }: PageEnvironment,
): Environment {
  const processors = cpus();
  return {
    chrome,
    chromeFlags: chromeFlags.map((flag) => redactText(flag)),
    categories: CATEGORIES[settings.categoryPreset],
    viewport: { width: viewport.width, height: viewport.height },
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cpuCount: processors.length,
    browser: { ...settings, blockedUrls: settings.blockedUrls.map((url) => redactText(url)) },
  };
}
