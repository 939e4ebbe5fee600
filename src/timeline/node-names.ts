import type { TraceTime } from '../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../trace/json.ts';
import type { Row } from '../trace/row.ts';
import type { Handler } from './handler.ts';

/** What Chrome calls a node, by process and id: `BUTTON id='save'`. */
export type NodeNames = ReadonlyMap<string, string>;

export const nodeKey = (pid: number, nodeId: number): string => `${String(pid)}|${String(nodeId)}`;

interface Naming {
  readonly ts: TraceTime;
  readonly name: string;
}

/** Where events name a node: the object with its id, and the key of its name. */
interface Place {
  readonly of: (args: unknown) => readonly unknown[];
  readonly id: string;
  readonly name: string;
}

const inData = (args: unknown): readonly unknown[] => [at(args, 'data')];
const DATA: Place = { of: inData, id: 'nodeId', name: 'nodeName' };

const PLACES: Readonly<Record<string, Place>> = {
  'SoftNavigationContext::AddedModifiedNodeInAnimationFrame': {
    of: (args) => [args],
    id: 'nodeId',
    name: 'nodeDebugName',
  },
  LayoutShift: { of: (args) => listIn(args, 'data', 'impacted_nodes'), id: 'node_id', name: 'debug_name' },
  'largestContentfulPaint::Candidate': DATA,
  'largestContentfulPaint::CandidateForSoftNavigation': DATA,
  Paint: DATA,
  HitTest: { of: (args) => [at(args, 'endData')], id: 'nodeId', name: 'nodeName' },
  DOMStats: {
    of: (args) => [at(args, 'data', 'maxDepth'), at(args, 'data', 'maxChildren')],
    id: 'nodeId',
    name: 'nodeName',
  },
  StyleRecalcInvalidationTracking: DATA,
  ScheduleStyleInvalidationTracking: DATA,
  LayoutInvalidationTracking: DATA,
};

/** Gathers the names of nodes from wherever Chrome tells them. A node's attributes change: its last name counts. */
export function nodeNames(): Handler<NodeNames> {
  const namings = new Map<string, Naming>();
  const keep = ({ pid, ts }: Row, nodeId: number, name: string): void => {
    const key = nodeKey(pid, nodeId);
    const known = namings.get(key);
    if (known === undefined || ts > known.ts || (ts === known.ts && name > known.name)) {
      namings.set(key, { ts, name });
    }
  };
  return {
    watches: Object.keys(PLACES),
    handle(row, event) {
      const place = PLACES[event];
      for (const named of place?.of(row.args()) ?? []) {
        const nodeId = numberIn(named, place?.id ?? '');
        const name = stringIn(named, place?.name ?? '');
        if (nodeId !== undefined && name !== undefined && name !== '') keep(row, nodeId, name);
      }
    },
    finish: () => new Map([...namings].map(([key, { name }]) => [key, name])),
  };
}
