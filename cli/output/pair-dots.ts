import { type ComparedPair, isUnavailable } from '../../src/index.ts';

const COLUMNS = 33;
/** So many pairs in one place. */
const MARKS = ['·', '•', '●'] as const;

/** Every pair as a dot on a line of text, with no change in the middle: `-20 % [   ·• |·  ] +20 %`. */
export function pairDots(pairs: readonly ComparedPair[]): string | undefined {
  const changes = pairs.flatMap(({ base, changed, counts }) =>
    !counts || isUnavailable(base) || isUnavailable(changed) || base <= 0 || changed <= 0
      ? []
      : [Math.log(changed / base)],
  );
  if (changes.length === 0) return undefined;
  const reach = Math.max(Math.log(1.05), ...changes.map(Math.abs));
  const counts = Array.from({ length: COLUMNS }, () => 0);
  for (const change of changes) {
    const column = Math.round(((change / reach + 1) / 2) * (COLUMNS - 1));
    counts[column] = (counts[column] ?? 0) + 1;
  }
  const line = counts.map((count, column) => {
    if (count > 0) return MARKS[Math.min(count, MARKS.length) - 1] ?? '';
    return column === (COLUMNS - 1) / 2 ? '|' : ' ';
  });
  return `${percent(-reach)} [${line.join('')}] ${percent(reach)}`;
}

function percent(log: number): string {
  const change = Math.round((Math.exp(log) - 1) * 100);
  return `${change > 0 ? '+' : ''}${String(change)} %`;
}
