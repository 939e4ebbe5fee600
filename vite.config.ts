import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type HtmlTagDescriptor, type Plugin, type UserConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { OPEN_PAGE, type PagePolicy, REPORT, sealed } from './viewer/build/content-security-policy.ts';
import { type Notice, packagesOf, withNotices } from './viewer/build/notices.ts';

interface BuiltPage {
  /** In `dist/viewer`. */
  readonly target: string;
  readonly policy: PagePolicy;
  /** What it has beyond the source that all pages share. */
  readonly tags: readonly HtmlTagDescriptor[];
}

/** In `viewer`: what all pages are made of. */
const SOURCE = 'page.html';

const title = (children: string): HtmlTagDescriptor => ({ tag: 'title', children, injectTo: 'head' });

const script = (src: string): HtmlTagDescriptor => ({
  tag: 'script',
  attrs: { type: 'module', src },
  injectTo: 'head',
});

const stylesheet = (href: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { rel: 'stylesheet', href },
  injectTo: 'head',
});

/** An empty place for data, which `cli/output/report-html.ts` fills. */
const island = (id: string): HtmlTagDescriptor => ({
  tag: 'script',
  attrs: { type: 'application/octet-stream', id },
  injectTo: 'body',
});

const REPORT_PAGE: BuiltPage = {
  target: 'report.html',
  policy: REPORT,
  tags: [title('INPact report'), script('./main.ts'), island('session'), island('tracks')],
};

/** By the mode that `vite build` is called with. */
const PAGES: ReadonlyMap<string, BuiltPage> = new Map([
  [
    'open',
    {
      target: 'index.html',
      policy: OPEN_PAGE,
      tags: [title('INPact'), stylesheet('./styles/open.css'), script('./open.ts')],
    },
  ],
]);

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
      rolldownOptions: { input: fileURLToPath(new URL(`viewer/${SOURCE}`, import.meta.url)) },
    },
    // One file has no other to load: what the analysis loads when it is asked for is in it too.
    worker: { format: 'iife', rolldownOptions: { output: { codeSplitting: false } } },
    plugins: [ownTags(page), viteSingleFile(), singlePage(page)],
  };
});

/** Runs before vite looks for what the page loads. */
const ownTags = ({ tags }: BuiltPage): Plugin => ({
  name: 'inpact:own-tags',
  transformIndexHtml: { order: 'pre', handler: () => [...tags] },
});

/** Runs after everything is inlined, since a hash covers the exact text that the browser reads. */
function singlePage({ target, policy }: BuiltPage): Plugin {
  return {
    name: 'inpact:single-page',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle): Promise<void> {
        const page = bundle[SOURCE];
        if (page?.type !== 'asset') throw new Error(`vite made no ${SOURCE}`);
        delete bundle[SOURCE];
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
