import type { SourcePosition } from '../../timeline/source-position.ts';
import type { CodePlace } from './finding.ts';

/** Of those that are known, each once, in the order of the list. What the tool that drives the page runs in it is left out. */
export function pageCode(positions: readonly (SourcePosition | undefined)[]): readonly CodePlace[] {
  const known = positions.filter(
    (position) => position !== undefined && position.url !== '' && !position.url.startsWith('pptr:'),
  );
  const byPlace = new Map(
    known.map((position) => [`${position?.url ?? ''}|${String(position?.line)}`, position]),
  );
  return [...byPlace.values()].flatMap((position) =>
    position === undefined ? [] : [{ side: 'page', ...position }],
  );
}
