import { listUnder } from '../../base/list-under.ts';
import type { TraceTime } from '../../base/units.ts';
import { at, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import { type SourcePosition, topOfStack } from '../source-position.ts';
import type { Handler } from '../handler.ts';

/** One connection over which page and server write to each other at any time. https://websockets.spec.whatwg.org/ */
export interface WebSocketConnection {
  readonly pid: number;
  /** Empty where Chrome names none. */
  readonly frame: string;
  readonly url: string;
  readonly created: TraceTime;
  /** The line that opened it. */
  readonly place: SourcePosition | undefined;
  /** When the main thread saw the server agree. Undefined where it never did. */
  readonly opened: TraceTime | undefined;
  readonly closed: TraceTime | undefined;
  readonly sent: WebSocketTraffic;
  readonly received: WebSocketTraffic;
}

export interface WebSocketTraffic {
  readonly messages: number;
  readonly bytes: number;
}

interface WebSocketEvent {
  readonly name: string;
  readonly ts: TraceTime;
  readonly frame: string;
  readonly url: string | undefined;
  readonly place: SourcePosition | undefined;
  readonly bytes: number;
}

const NAMES: readonly string[] = [
  'WebSocketCreate',
  'WebSocketReceiveHandshakeResponse',
  'WebSocketSend',
  'WebSocketReceive',
  'WebSocketDestroy',
];

/** Gathers connections by process and identifier. Those that were open before the trace began are left out. */
export function webSockets(): Handler<readonly WebSocketConnection[]> {
  const events = new Map<string, WebSocketEvent[]>();
  return {
    watches: NAMES,
    handle(row, name) {
      const data = at(row.args(), 'data');
      const identifier = numberIn(data, 'identifier');
      if (identifier === undefined) return;
      listUnder(events, `${String(row.pid)}|${String(identifier)}`).push(eventOf(row, name, data));
    },
    finish: () =>
      [...events]
        .flatMap(([key, own]) =>
          connectionOf(
            Number(key.split('|')[0]),
            own.toSorted((a, b) => a.ts - b.ts),
          ),
        )
        .toSorted((a, b) => a.created - b.created),
  };
}

const eventOf = ({ ts }: Row, name: string, data: unknown): WebSocketEvent => ({
  name,
  ts,
  frame: stringIn(data, 'frame') ?? '',
  url: stringIn(data, 'url'),
  place: topOfStack(data),
  bytes: numberIn(data, 'dataLength') ?? 0,
});

function connectionOf(pid: number, events: readonly WebSocketEvent[]): readonly WebSocketConnection[] {
  const called = (wanted: string): readonly WebSocketEvent[] => events.filter(({ name }) => name === wanted);
  const [created] = called('WebSocketCreate');
  if (created?.url === undefined) return [];
  return [
    {
      pid,
      frame: created.frame,
      url: created.url,
      created: created.ts,
      place: created.place,
      opened: called('WebSocketReceiveHandshakeResponse')[0]?.ts,
      closed: called('WebSocketDestroy')[0]?.ts,
      sent: trafficOf(called('WebSocketSend')),
      received: trafficOf(called('WebSocketReceive')),
    },
  ];
}

const trafficOf = (events: readonly WebSocketEvent[]): WebSocketTraffic => ({
  messages: events.length,
  bytes: events.reduce((sum, { bytes }) => sum + bytes, 0),
});
