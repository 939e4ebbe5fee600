import { CATEGORIES, type Category } from '../../src/tracks/category.ts';
import type { Label, SpanColumns } from '../../src/tracks/tracks.ts';
import { thirdParties } from './third-party.ts';

/** Which colour a label's spans have: a category's place in `CATEGORIES`, or one of these. */
export const FUNCTION_STYLE: number = CATEGORIES.length;
export const FADED_STYLE: number = CATEGORIES.length + 1;
export const STYLE_COUNT: number = CATEGORIES.length + 2;

/** What the reader wants to see. The rest is drawn faded, never left out: time does not vanish. */
export interface FlameFilter {
  readonly leastMs: number;
  readonly hidden: ReadonlySet<Category>;
  readonly fadesThirdParties: boolean;
}

export const SHOW_ALL: FlameFilter = { leastMs: 0, hidden: new Set(), fadesThirdParties: true };

/** By label. */
export function labelStyles(labels: readonly Label[], pageUrl: string, filter: FlameFilter): Uint8Array {
  const isThirdParty = thirdParties(pageUrl);
  return Uint8Array.from(labels, ({ category, isFunction, url }) => {
    if (filter.hidden.has(category)) return FADED_STYLE;
    if (filter.fadesThirdParties && url !== '' && isThirdParty(url)) return FADED_STYLE;
    return isFunction && category === 'scripting' ? FUNCTION_STYLE : CATEGORIES.indexOf(category);
  });
}

export function styleOf(
  span: number,
  { durationMs, label }: SpanColumns,
  styles: Uint8Array,
  { leastMs }: FlameFilter,
): number {
  return (durationMs[span] ?? 0) < leastMs ? FADED_STYLE : (styles[label[span] ?? 0] ?? FADED_STYLE);
}
