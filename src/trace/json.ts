import { isSane } from './numbers.ts';

/** Reading parsed `args`, whose shape nobody vouches for. */

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of keys, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

export function numberIn(value: unknown, ...path: readonly string[]): number | undefined {
  return saneNumber(at(value, ...path));
}

export const saneNumber = (value: unknown): number | undefined =>
  // Adding 0 makes 0 of -0, which would not survive being written as JSON.
  typeof value === 'number' && isSane(value) ? value + 0 : undefined;

export function stringIn(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function listIn(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
