import { micro, type Micro } from '../base/units.ts';
import type { CallFrame, CallTree } from '../timeline/cpu/call-tree.ts';

/** How long a thread was in something. */
export interface TimeSpent<Group> {
  readonly group: Group;
  /** In it, and in nothing that it called. */
  readonly self: Micro;
  /** In it or in anything that it called. A function that calls itself counts once. */
  readonly total: Micro;
}

/** A list by node, or a map of some nodes. */
export interface TimeByNode {
  forEach(visit: (time: number, node: number) => void): void;
}

/**
 * Time by function, address or whatever else the frames are grouped by, the largest self time first. The self times add
 * up to the time of all frames that belong to a group.
 * @param groupOf Undefined for frames that belong to none.
 * @param selfTimes By node: how long the thread was at it. The whole tree's, or of a stretch of time only.
 */
export function timeSpent<Group>(
  tree: Pick<CallTree, 'frames' | 'parents' | 'frameOf'>,
  selfTimes: TimeByNode,
  groupOf: (frame: CallFrame) => Group | undefined,
): readonly TimeSpent<Group>[] {
  const groups: Group[] = [];
  const groupOfFrame = numbered(tree.frames.map(groupOf), groups);
  const self = new Float64Array(groups.length);
  const total = new Float64Array(groups.length);
  /** By group: the node whose time its total has last taken. */
  const taken = new Int32Array(groups.length).fill(-1);
  selfTimes.forEach((time, node) => {
    if (time <= 0) return;
    for (let at = node; at !== -1; at = tree.parents[at] ?? -1) {
      const group = groupOfFrame[tree.frameOf[at] ?? -1] ?? -1;
      if (group === -1) continue;
      if (at === node) self[group] = (self[group] ?? 0) + time;
      if (taken[group] !== node) total[group] = (total[group] ?? 0) + time;
      taken[group] = node;
    }
  });
  return groups
    .map((group, number) => ({ group, self: micro(self[number] ?? 0), total: micro(total[number] ?? 0) }))
    .filter((spent) => spent.total > 0)
    .toSorted((a, b) => b.self - a.self || b.total - a.total);
}

/** By frame: the number of its group, or -1. Adds each group to the list once. */
function numbered<Group>(ofFrames: readonly (Group | undefined)[], groups: Group[]): Int32Array {
  const numbers = new Map<Group, number>();
  return Int32Array.from(ofFrames, (group) => {
    if (group === undefined) return -1;
    const number = numbers.get(group) ?? groups.push(group) - 1;
    numbers.set(group, number);
    return number;
  });
}
