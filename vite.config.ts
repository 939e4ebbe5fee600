import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { OPEN_PAGE, type PagePolicy, REPORT, sealed } from './viewer/build/content-security-policy.ts';
import { type Notice, packagesOf, withNotices } from './viewer/build/notices.ts';

interface BuiltPage {
  /** In `viewer`. */
  readonly source: string;
  /** In `dist/viewer`. */
  readonly target: string;
  readonly policy: PagePolicy;
}

/** By the mode that `vite build` is called with. */
const PAGES: ReadonlyMap<string, BuiltPage> = new Map([
  ['open', { source: 'open.html', target: 'index.html', policy: OPEN_PAGE }],
]);
const REPORT_PAGE: BuiltPage = { source: 'index.html', target: 'report.html', policy: REPORT };

/**
 * Builds one page: one file, no request, under a policy that names its own script and style by hash. The report's template, or
 * with `--mode open` the page that reads a trace itself.
 */
const config: ReturnType<typeof defineConfig> = defineConfig(({ mode }): UserConfig => {
  const page = PAGES.get(mode) ?? REPORT_PAGE;
  return {
    root: fileURLToPath(new URL('viewer', import.meta.url)),
    build: {
      outDir: fileURLToPath(new URL('dist/viewer', import.meta.url)),
      emptyOutDir: page === REPORT_PAGE,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: fileURLToPath(new URL(`viewer/${page.source}`, import.meta.url)) },
    },
    // One file has no other to load: what the analysis loads when it is asked for is in it too.
    worker: { format: 'iife', rolldownOptions: { output: { codeSplitting: false } } },
    plugins: [viteSingleFile(), singlePage(page)],
  };
});

/** Runs after everything is inlined, since a hash covers the exact text that the browser reads. */
function singlePage({ source, target, policy }: BuiltPage): Plugin {
  return {
    name: 'inpact:single-page',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle): Promise<void> {
        const page = bundle[source];
        if (page?.type !== 'asset') throw new Error(`vite made no ${source}`);
        delete bundle[source];
        const whole = withNotices(
          await sealed(String(page.source), policy),
          await noticesOf(this.getModuleIds()),
        );
        this.emitFile({ type: 'asset', fileName: target, source: whole });
      },
    },
  };
}

async function noticesOf(files: Iterable<string>): Promise<readonly Notice[]> {
  return Promise.all(
    packagesOf(files).map(async (folder) => ({
      name: folder.slice(folder.lastIndexOf('/node_modules/') + '/node_modules/'.length),
      text: await readFile(join(folder, 'LICENSE'), 'utf8'),
    })),
  );
}

export default config;
