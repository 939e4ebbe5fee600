// Compiles the scanner's fast path, src/trace/fast-scan.as and fast-args.as, to WebAssembly in src/trace/fast-scan-wasm.ts. To be run after a
// change of the source; a test fails where that was forgotten.

import { readFileSync, writeFileSync } from 'node:fs';
import { main } from 'assemblyscript/asc';

const FOLDER = new URL('../src/trace/', import.meta.url);
const TARGET = new URL('fast-scan-wasm.ts', FOLDER);
// The compiler insists on its own ending, which in src would make a file of TypeScript.
const ENTRY = 'fast-scan.ts';

/** The compiler asks for `<name>.ts` where a file imports `./<name>`. */
function sourceOf(/** @type {string} */ name) {
  const [, base] = /^(fast-\w+)\.ts$/.exec(name) ?? [];
  return base === undefined ? null : readFileSync(new URL(`${base}.as`, FOLDER), 'utf8');
}

/** The generated module's text. */
export async function compiledModule() {
  /** @type {Uint8Array | undefined} */
  let wasm;
  const { error } = await main(
    // prettier-ignore
    [
      ENTRY, '--outFile', 'out.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1',
    ],
    {
      readFile: (name) => sourceOf(name),
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || wasm === undefined) throw error ?? new Error('the compiler wrote nothing');
  const base64 = Buffer.from(wasm).toString('base64');
  return [
    '// Made of fast-scan.as by scripts/build-fast-scan.mjs. Do not edit.',
    '',
    '/** The WebAssembly module, in base64: a string is there wherever this code is, without a file to find. */',
    'export const FAST_SCAN_WASM: string =',
    `  '${base64}';`,
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(TARGET, await compiledModule());
