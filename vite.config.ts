import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { sealed } from './viewer/build/content-security-policy.ts';

/** Builds the report's template: one file, no request, under a policy that names its own script and style by hash. */
const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('viewer', import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL('dist/viewer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
  },
  plugins: [viteSingleFile(), reportTemplate()],
});

/** Runs after everything is inlined, since a hash covers the exact text that the browser reads. */
function reportTemplate(): Plugin {
  return {
    name: 'inpact:report-template',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle): Promise<void> {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('vite made no index.html');
        delete bundle['index.html'];
        this.emitFile({ type: 'asset', fileName: 'report.html', source: await sealed(String(page.source)) });
      },
    },
  };
}

export default config;
