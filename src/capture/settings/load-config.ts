import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InpactError } from '../../base/errors.ts';
import { importModule } from '../import-module.ts';
import type { SettingsSource } from './read-settings.ts';

/** In this order; the folders above are not looked at, so that what a run does is seen where it is started. */
const NAMES: readonly string[] = [
  'inpact.config.ts',
  'inpact.config.mts',
  'inpact.config.js',
  'inpact.config.mjs',
  'inpact.config.json',
];

/**
 * Reads a configuration file: the one that is named, or the first of the usual names in a folder. None is no settings.
 * @throws {InpactError} `bad-usage` if it can't be read.
 */
export async function loadConfig(named: string | undefined, folder = '.'): Promise<SettingsSource> {
  const path = named ?? NAMES.map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) return { name: 'No configuration', values: {} };
  const content = path.endsWith('.json') ? await jsonIn(path) : await exportOf(path);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw notUsable(path, 'it holds no object of settings');
  }
  return { name: path, values: { ...content } };
}

async function jsonIn(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw notUsable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function exportOf(path: string): Promise<unknown> {
  try {
    const module = await importModule(path);
    return 'default' in module ? module.default : undefined;
  } catch (cause) {
    throw notUsable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const notUsable = (path: string, why: string, cause?: unknown): InpactError =>
  new InpactError('bad-usage', `The configuration ${path} can't be used: ${why}`, {
    hint: '`inpact init` writes one that can be; docs/configuration.md lists every setting.',
    cause,
  });
