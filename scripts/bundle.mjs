// Makes the JavaScript of the analysis. It is two hundred small modules, and to open and compile each takes longer than most of what
// a short run does: so they become one file, and each module's own file passes on what that one holds.

import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** What every analysis takes. A folder that starts as a process or finds files beside itself stays as it is compiled. */
const MODULES =
  'src/{,base,trace,timeline,metrics,insights,stats,result,budget,source-maps,tracks,node}/*.ts';

/** What takes a package with it is loaded when it is asked for. */
const LAZY = /\/src\/(source-maps\/|result\/(schema|read-session)|budget\/read-budget)/;

/** @param {string} root */
export async function bundle(root) {
  const modules = globSync(MODULES, { cwd: root }).filter((file) => !file.endsWith('.d.ts'));
  for (const file of globSync('dist/chunks/*.js', { cwd: root })) rmSync(join(root, file));
  const build = await rolldown({
    cwd: root,
    input: Object.fromEntries(modules.map((file) => [file.replace(/\.ts$/, ''), file])),
    platform: 'node',
    // Packages stay where npm put them.
    external: /^(node:|[^./])/,
    treeshake: { moduleSideEffects: false },
    preserveEntrySignatures: 'allow-extension',
  });
  try {
    await build.write({
      dir: join(root, 'dist'),
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [{ name: 'core', test: (id) => /\/src\//.test(id) && !LAZY.test(id) }],
      },
    });
  } finally {
    await build.close();
  }
}
