import type { TraceTime } from '../../base/units.ts';
import { type ArgPath, argPath } from '../../trace/arg-paths.ts';
import { at, listIn, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';

/** What Chrome calls a node, by process and id: `BUTTON id='save'`. */
export type NodeNames = ReadonlyMap<string, string>;

export const nodeKey = (pid: number, nodeId: number): string => `${String(pid)}|${String(nodeId)}`;

interface Naming {
  readonly ts: TraceTime;
  readonly name: string;
}

/** Where events name one node: its id and its name. */
interface Place {
  readonly id: ArgPath;
  readonly name: ArgPath;
}

const DATA: Place = { id: argPath('data.nodeId'), name: argPath('data.nodeName') };

const PLACES: Readonly<Record<string, Place>> = {
  'SoftNavigationContext::AddedModifiedNodeInAnimationFrame': {
    id: argPath('nodeId'),
    name: argPath('nodeDebugName'),
  },
  'largestContentfulPaint::Candidate': DATA,
  'largestContentfulPaint::CandidateForSoftNavigation': DATA,
  Paint: DATA,
  HitTest: { id: argPath('endData.nodeId'), name: argPath('endData.nodeName') },
  StyleRecalcInvalidationTracking: DATA,
  ScheduleStyleInvalidationTracking: DATA,
  LayoutInvalidationTracking: DATA,
};

/** Where events name several: the objects with their ids, and the keys. */
interface Places {
  readonly of: (args: unknown) => readonly unknown[];
  readonly id: string;
  readonly name: string;
}

const LISTS: Readonly<Record<string, Places>> = {
  LayoutShift: { of: (args) => listIn(args, 'data', 'impacted_nodes'), id: 'node_id', name: 'debug_name' },
  DOMStats: {
    of: (args) => [at(args, 'data', 'maxDepth'), at(args, 'data', 'maxChildren')],
    id: 'nodeId',
    name: 'nodeName',
  },
};

/** Gathers the names of nodes from wherever Chrome tells them. A node's attributes change: its last name counts. */
export function nodeNames(): Handler<NodeNames> {
  const namings = new Map<string, Naming>();
  const keep = ({ pid, ts }: Row, nodeId: number | undefined, name: string | undefined): void => {
    if (nodeId === undefined || name === undefined || name === '') return;
    const key = nodeKey(pid, nodeId);
    const known = namings.get(key);
    if (known === undefined || ts > known.ts || (ts === known.ts && name > known.name)) {
      namings.set(key, { ts, name });
    }
  };
  return {
    watches: [...Object.keys(PLACES), ...Object.keys(LISTS)],
    handle(row, event) {
      const place = PLACES[event];
      if (place !== undefined) keep(row, row.argNumber(place.id), row.argText(place.name));
      const list = LISTS[event];
      if (list === undefined) return;
      for (const named of list.of(row.args()))
        keep(row, numberIn(named, list.id), stringIn(named, list.name));
    },
    finish: () => new Map([...namings].map(([key, { name }]) => [key, name])),
  };
}
