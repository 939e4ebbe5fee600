import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder in which the package is installed, as npm would, with what this checkout has beside it. */
async function userFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'inpact/dist/src'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(modules, 'inpact/package.json'));
  await cp(join(ROOT, 'dist/src/server'), join(modules, 'inpact/dist/src/server'), { recursive: true });
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  return folder;
}

const SETTINGS = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: ['node'],
    // Those of the frameworks are their own affair.
    skipLibCheck: true,
  },
};

/** The TypeScript in a page of the documentation, block by block. */
async function examplesIn(page: string): Promise<readonly string[]> {
  const text = await readFile(join(ROOT, page), 'utf8');
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}

test(
  'the examples of its page compile against the package as it is installed',
  { timeout: 60_000 },
  async () => {
    const folder = await userFolder();
    const examples = await examplesIn('docs/server-agent.md');
    expect(examples.length).toBeGreaterThan(3);
    // The last goes on with the agent of those before.
    const given = "import { inpactServer as create } from 'inpact/server';\nconst agent = create();\n";
    const files = examples.map((code) => (code.includes('const agent') ? code : given + code));
    const wrong =
      "import { inpactServer } from 'inpact/server';\n// @ts-expect-error There is no such option.\ninpactServer({ threshold: 3 });\n";
    for (const [index, code] of [...files, wrong].entries())
      await writeFile(join(folder, `example-${String(index)}.ts`), `${code}\nexport {};\n`);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
    const { stdout, status } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder],
      {
        encoding: 'utf8',
      },
    );
    expect([status, stdout]).toEqual([0, '']);
  },
);
