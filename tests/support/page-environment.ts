import { environmentOf } from '../../src/capture/build-environment.ts';
import type { PageEnvironment } from '../../src/capture/page-environment.ts';
import { readSettings } from '../../src/capture/read-settings.ts';

/** What a page gets that nobody asked anything special for. */
export const plainEnvironment = (change: Readonly<Record<string, unknown>> = {}): Promise<PageEnvironment> =>
  environmentOf(readSettings([{ name: 'The test', values: change }]), undefined);
