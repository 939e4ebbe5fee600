import Table from 'cli-table3';

/**
 * A table for a terminal.
 * @param aligns Of the columns, from the first on: the rest is as the last of these.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly ('left' | 'right')[] = ['left'],
): string {
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, column) => aligns[column] ?? aligns.at(-1) ?? 'left'),
    style: { head: [], border: [], compact: true },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}
