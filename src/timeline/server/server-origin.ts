import { at, numberIn, stringIn } from '../../trace/json.ts';

/** Where a server's trace comes from, as docs/server-trace.md says. */
export interface ServerOrigin {
  /** `node`, `django`. Undefined where it is not said. */
  readonly agent: string | undefined;
  /** Two programs with one boot id share a clock. Undefined where it is not said. */
  readonly bootId: string | undefined;
  /** Older events that the agent let go, as it keeps the newest only. */
  readonly droppedEvents: number;
  /** False where the server says that it has no event loop, as under WSGI: then nothing tells how long a request waited for it. */
  readonly hasLoop: boolean;
}

export function serverOrigin(metadata: unknown): ServerOrigin {
  const key = 'inpact-server';
  return {
    agent: stringIn(metadata, key, 'agent'),
    bootId: stringIn(metadata, key, 'bootId'),
    droppedEvents: numberIn(metadata, key, 'droppedEvents') ?? 0,
    hasLoop: at(metadata, key, 'eventLoop') !== null,
  };
}
