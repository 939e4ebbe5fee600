// Makes the JavaScript of the analysis. It is two hundred small modules, and to open and compile each takes longer than most of what
// a short run does: so they become one file, and each module's own file passes on what that one holds.

import { globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

/** What every analysis takes. A folder that starts as a process or finds files beside itself stays as it is compiled. */
const MODULES = [
  'src/*.ts',
  'src/{base,trace,timeline,metrics,insights,stats,result,budget,source-maps,tracks,redact,node}/**/*.ts',
];

/** What takes a package or a large part of Node with it is loaded when it is asked for. */
const LAZY = /\/src\/(source-maps\/|result\/schema\/|budget\/read-budget|node\/unpack)/;

/** @param {string} root */
export async function bundle(root) {
  const modules = globSync(MODULES, { cwd: root }).filter((file) => !file.endsWith('.d.ts'));
  for (const file of globSync('dist/chunks/*.js', { cwd: root })) rmSync(join(root, file));
  const core = imported(ENTRIES.map((file) => join(root, file)));
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
        groups: [
          { name: 'core', test: (id) => core.has(id) },
          { name: 'more', test: (id) => /\/src\//.test(id) && !core.has(id) && !LAZY.test(id) },
        ],
      },
    });
  } finally {
    await build.close();
  }
}

/** What `analyze` of a file takes; the rest of what is made into one file goes into another. */
const ENTRIES = ['src/analyze.ts', 'src/node/read-trace.ts'];

/** The files and all that they import, types left aside. */
function imported(/** @type {readonly string[]} */ files) {
  const found = new Set(files);
  // A set that grows while it is iterated over yields what was added.
  for (const file of found) {
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      found.add(join(dirname(file), path));
    }
  }
  return found;
}

const IMPORT = /^(?:import|export) (?!type )[^;']*from '(\.[^']+)';/gm;
