import { environmentOf } from '../../src/capture/settings/build-environment.ts';
import type { PageEnvironment } from '../../src/capture/environment/page-environment.ts';
import { readSettings } from '../../src/capture/settings/read-settings.ts';

/** What a page gets that nobody asked anything special for. */
export const plainEnvironment = (change: Readonly<Record<string, unknown>> = {}): Promise<PageEnvironment> =>
  environmentOf(readSettings([{ name: 'The test', values: change }]), undefined);
