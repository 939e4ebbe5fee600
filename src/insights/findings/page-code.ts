import type { SourcePosition } from '../../timeline/source-position.ts';
import type { CodePlace } from './finding.ts';

/** Of those that are known, each line once, in the order of the list. What the tool that drives the page runs in it is left out. */
export function pageCode(positions: readonly (SourcePosition | undefined)[]): readonly CodePlace[] {
  const byLine = new Map<string, CodePlace>();
  for (const position of positions) {
    if (position === undefined || position.url === '' || position.url.startsWith('pptr:')) continue;
    const line = `${position.url}|${String(position.line)}`;
    if (!byLine.has(line)) byLine.set(line, { side: 'page', ...position });
  }
  return [...byLine.values()];
}
