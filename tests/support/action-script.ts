import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

export const actionText = (): Promise<string> =>
  readFile(new URL('../../action.yml', import.meta.url), 'utf8');

/** The script of the action's first step. */
export function scriptIn(action: string): string {
  const [, from = ''] = action.split(/^ {6}run: \|$/m);
  const [body = ''] = from.split(/^ {4}- /m);
  return body.replaceAll(/^ {8}/gm, '');
}

/** The names of the action's inputs, with their defaults. */
export const inputsIn = (action: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(
      action
        .slice(0, action.indexOf('\noutputs:'))
        .matchAll(/^ {2}(\w+):\n(?: {4}.*\n)*? {4}default: (.*)$/gm),
      ([, name = '', value = '']) => [name, value.replaceAll(/^'|'$/g, '')],
    ),
  );

/** The variables of the script, with the inputs that they hold. */
export const variablesIn = (action: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(
      action.matchAll(/^ {8}(\w+): \$\{\{ inputs\.(\w+) \}\}$/gm),
      ([, variable = '', input = '']) => [variable, input],
    ),
  );

/** In the place of INPact: keeps what it was asked for, writes what it is told to, and ends as it is told to. */
const STAND_IN = `
import { appendFileSync, writeFileSync } from 'node:fs';
const [, ...args] = process.argv.slice(2);
appendFileSync(process.env.ASKED, JSON.stringify(args) + '\\n');
const reporters = args[args.indexOf('--reporter') + 1] ?? '';
for (const file of reporters.split(',').map((reporter) => reporter.split('=')[1]))
  if (process.env.VERDICT && file) writeFileSync(file, JSON.stringify({ verdict: process.env.VERDICT }));
process.exitCode = Number(process.env['CODE_OF_' + args[0]] ?? 0);
`;

export interface ActionRun {
  readonly code: number;
  readonly stdout: string;
  /** The command lines that INPact got. */
  readonly asked: readonly (readonly string[])[];
  readonly outputs: ReadonlyMap<string, string>;
}

/**
 * Runs the action's script as GitHub's runner does, in folders whose names have blanks, with a stand-in for INPact.
 * @param given Inputs by their names, and `VERDICT` and `CODE_OF_<command>` for the stand-in.
 */
export async function runAction(given: Readonly<Record<string, string>>): Promise<ActionRun> {
  const action = await actionText();
  const folder = join(await temporaryFolder(), 'a folder');
  const [source, temp] = [join(folder, 'the action'), join(folder, 'run ner')];
  await mkdir(join(source, 'scripts'), { recursive: true });
  await mkdir(temp);
  const files = ['outputs', 'asked', 'my budget.json'].map((name) => join(folder, name));
  const [outputs = '', asked = ''] = files;
  await Promise.all(files.map((file) => writeFile(file, '')));
  await writeFile(join(source, 'scripts', 'setup.mjs'), STAND_IN);
  await writeFile(join(folder, 'action.sh'), scriptIn(action));
  const defaults = inputsIn(action);
  const inputs = Array.from(variablesIn(action), ([variable, input]) => [
    variable,
    given[input] ?? defaults.get(input) ?? '',
  ]);
  const env = {
    ...given,
    ...Object.fromEntries(inputs),
    PATH: process.env['PATH'],
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_PATH: source,
    GITHUB_OUTPUT: outputs,
    RUNNER_TEMP: temp,
    ASKED: asked,
  };
  const ended = await bash({ cwd: folder, env });
  return { ...ended, asked: await linesOf(asked), outputs: await valuesOf(outputs) };
}

const bash = (where: {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<Pick<ActionRun, 'code' | 'stdout'>> =>
  new Promise((resolve) => {
    // As for `shell: bash`: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', 'action.sh'];
    const child = execFile('bash', args, where, (_, stdout) => {
      resolve({ code: child.exitCode ?? -1, stdout });
    });
  });

async function linesOf(file: string): Promise<readonly string[][]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const args: unknown = JSON.parse(line);
    return Array.isArray(args) ? args.map(String) : [];
  });
}

async function valuesOf(file: string): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(file, 'utf8')).matchAll(/^(\w+)=(.*)$/gm);
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value]));
}
