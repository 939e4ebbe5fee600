/** web.dev's thresholds for INP. https://web.dev/articles/inp */
export const INP_GOOD_MS = 200;
const INP_POOR_MS = 500;

export type Rating = 'good' | 'needs improvement' | 'poor';

export function inpRating(inpMs: number): Rating {
  if (inpMs <= INP_GOOD_MS) return 'good';
  return inpMs <= INP_POOR_MS ? 'needs improvement' : 'poor';
}
