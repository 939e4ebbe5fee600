/**
 * The last index of a sorted list for which something holds that, once false, stays false; -1 where it never holds.
 */
export function lastWhere(length: number, holds: (index: number) => boolean): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
