import { CATEGORIES } from './category.ts';
import type { Label } from './tracks.ts';

/** Labels as columns, each address written once: half the room of a list of objects, compressed. */
export interface PackedLabels {
  readonly names: readonly string[];
  readonly urls: readonly string[];
  /** By label: which of `urls`, or -1. */
  readonly url: readonly number[];
  readonly line: readonly number[];
  readonly category: readonly number[];
  /** By label: 1 or 0. */
  readonly isFunction: readonly number[];
}

export function packLabels(labels: readonly Label[]): PackedLabels {
  const urls = [...new Set(labels.map(({ url }) => url).filter((url) => url !== ''))];
  const places = new Map(urls.map((url, place) => [url, place]));
  return {
    names: labels.map(({ name }) => name),
    urls,
    url: labels.map(({ url }) => places.get(url) ?? -1),
    line: labels.map(({ line }) => line),
    category: labels.map(({ category }) => CATEGORIES.indexOf(category)),
    isFunction: labels.map(({ isFunction }) => Number(isFunction)),
  };
}

export const unpackLabels = ({
  names,
  urls,
  url,
  line,
  category,
  isFunction,
}: PackedLabels): readonly Label[] =>
  names.map((name, label) => ({
    name,
    category: CATEGORIES[category[label] ?? -1] ?? 'other',
    url: urls[url[label] ?? -1] ?? '',
    line: line[label] ?? 0,
    isFunction: isFunction[label] === 1,
  }));
