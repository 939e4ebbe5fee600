import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { InpactError } from '../../base/errors.ts';
import { firstIssue } from '../../result/schema/first-issue.ts';
import { importModule } from '../import-module.ts';
import { loadRecording } from './recorder-flow.ts';
import type { Scenario, Step } from './scenario.ts';

const action = v.custom<Step['run']>((value) => typeof value === 'function', 'Expected a function');
const setUp = v.custom<NonNullable<Scenario['setUp']>>(
  (value) => typeof value === 'function',
  'Expected a function',
);

const step: v.GenericSchema<Step> = v.object({
  name: v.pipe(v.string(), v.nonEmpty()),
  description: v.exactOptional(v.string()),
  expects: v.picklist(['interaction', 'paint', 'nothing']),
  request: v.exactOptional(v.string()),
  prepare: v.exactOptional(action),
  run: action,
  cleanUp: v.exactOptional(action),
});

const scenarioModule = v.object({
  default: v.object({
    name: v.pipe(v.string(), v.nonEmpty()),
    url: v.exactOptional(v.string()),
    setUp: v.exactOptional(setUp),
    steps: v.pipe(
      v.array(step),
      v.nonEmpty(),
      v.check(
        (steps) => new Set(steps.map(({ name }) => name)).size === steps.length,
        'Two steps have the same name',
      ),
    ),
  }),
});

/**
 * Loads a scenario: a JavaScript or TypeScript module whose default export is what `defineScenario` returns, or a recording of
 * Chrome's Recorder panel, which is JSON.
 * @throws {InpactError} `bad-scenario`, saying what is wrong with the file.
 */
export async function loadScenario(path: string): Promise<Scenario> {
  if (!existsSync(path)) {
    throw new InpactError('bad-scenario', `There is no scenario ${path}`, {
      hint: 'Check the path; relative paths count from the folder that you are in.',
    });
  }
  if (path.endsWith('.json')) return loadRecording(path);
  const module = await moduleAt(path);
  if (!('default' in module)) throw badScenario(path, 'it has no default export');
  const result = v.safeParse(scenarioModule, { ...module });
  if (result.success) return result.output.default;
  throw badScenario(path, firstIssue(result.issues, 'the module'));
}

async function moduleAt(path: string): Promise<object> {
  try {
    return await importModule(path);
  } catch (cause) {
    throw badScenario(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const badScenario = (path: string, why: string, cause?: unknown): InpactError =>
  new InpactError('bad-scenario', `The scenario ${path} can't be used: ${why}`, {
    hint: hintFor(why),
    cause,
  });

function hintFor(why: string): string {
  if (/import statement outside a module|Unexpected token 'export'/.test(why)) {
    return 'Node took it for a CommonJS module: name it .mjs or .mts, or set "type": "module" in your package.json.';
  }
  if (/Cannot find package 'inpact'/.test(why)) {
    return 'This Node cannot be told where INPact is: take 22.15 or newer, put the file where inpact is installed, or leave defineScenario out, since a plain object of the same form does as well.';
  }
  if (/Unknown file extension "\.m?ts"/.test(why)) {
    return 'This Node does not read TypeScript: take 22.18 or newer, or write the scenario in JavaScript (.mjs).';
  }
  return 'It must be a module with `export default defineScenario({name, steps: [{name, expects, run}]})`; see the README.';
}
