import { type Micro, traceTime } from '../../base/units.ts';
import { type ArgPath, argPath } from '../../trace/arg-paths.ts';
import type { Row } from '../../trace/row.ts';
import { type Moment, threadKey, type Thread } from '../threads/thread.ts';
import type { CallbackKind } from './callback-kinds.ts';
import { type CallbackRuns, CallbackTable } from './callback-table.ts';
import type { FetchRun } from './fetch-runs.ts';
import type { Handler } from '../handler.ts';
import { type Request, xhrAddresses } from '../network/requests.ts';
import type { XhrEvent } from './xhr-events.ts';

/** Events that come in twos: the request, and the run with the same id. */
interface Pair {
  readonly kind: CallbackKind;
  readonly request: string;
  readonly run: string;
  readonly id: ArgPath;
}

const FRAME = argPath('data.frame');
const TRACE_ID = argPath('data.traceId');
const ID = argPath('data.id');
const PAIRS: readonly Pair[] = [
  { kind: 'timer', request: 'TimerInstall', run: 'TimerFire', id: argPath('data.timerId') },
  { kind: 'animation-frame', request: 'RequestAnimationFrame', run: 'FireAnimationFrame', id: ID },
  { kind: 'idle-callback', request: 'RequestIdleCallback', run: 'FireIdleCallback', id: ID },
  {
    kind: 'posted-task',
    request: 'SchedulePostTaskCallback',
    run: 'RunPostTaskCallback',
    id: argPath('data.taskId'),
  },
];

const ASYNC_SCHEDULED = 'v8::Debugger::AsyncTaskScheduled';
const ASYNC_RUN = 'v8::Debugger::AsyncTaskRun';

/**
 * Finds for each run of a callback who asked for it: by the ids that Chrome writes into both events, and, where the
 * debugger's async stacks were recorded, by the flows between them. Requests ask for what runs when they are answered.
 */
export function callbackRuns(): Handler<
  CallbackRuns,
  [readonly Request[], readonly XhrEvent[], readonly FetchRun[]]
> {
  const table = new CallbackTable();
  /** Ends of flows: where the async task of that key began to run. */
  const flowEnds: (Moment & { readonly key: string })[] = [];
  const asyncRuns = new Map<string, Micro>();

  const see: Record<string, (row: Row, name: string) => void> = {
    SchedulePostMessage: (row) => {
      if (row.phase === 'I') push(row, 'message', messageKey(row));
    },
    HandlePostMessage: (row) => {
      push(row, 'message', messageKey(row));
    },
    [ASYNC_RUN]: (row, name) => {
      if (row.phase === 'X') asyncRuns.set(momentKey(row), row.duration);
      else seeFlow(row, name);
    },
    [ASYNC_SCHEDULED]: (row, name) => {
      seeFlow(row, name);
    },
  };
  for (const { kind, request, run, id } of PAIRS) {
    const pushPair = (row: Row): void => {
      const value = row.argNumber(id);
      if (value === undefined) return;
      // Each frame counts on its own; a worker has none.
      const frame = row.argText(FRAME) ?? '';
      push(row, kind, `${kind}|${threadKey(row)}|${frame}|${String(value)}`);
    };
    see[request] = pushPair;
    see[run] = pushPair;
  }

  const push = (
    { pid, tid, ts, duration, phase }: Row,
    kind: CallbackKind,
    key: string | undefined,
  ): void => {
    if (key === undefined || (phase === 'X' && !(duration >= 0))) return;
    if (phase !== 'X' && phase !== 'I') return;
    table.push({ kind, key, pid, tid, ts, end: phase === 'X' ? traceTime(ts + duration) : undefined });
  };

  const seeFlow = (row: Row, name: string): void => {
    const { pid, tid, ts, phase } = row;
    if (phase !== 's' && phase !== 'f') return;
    const key = `${name}|${row.asyncKey}`;
    if (phase === 's') table.push({ kind: 'async-task', key, pid, tid, ts, end: undefined });
    else flowEnds.push({ pid, tid, ts, key });
  };

  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, name),
    finish(requests, xhrs, fetches) {
      for (const { key, ...moment } of flowEnds) {
        const duration = asyncRuns.get(momentKey(moment));
        if (duration === undefined) continue;
        table.push({ kind: 'async-task', key, ...moment, end: traceTime(moment.ts + duration) });
      }
      pushXhrs(table, requests, xhrs);
      pushFetches(table, fetches);
      return table.link();
    },
  };
}

/** A message may go from one process to another, and its id is unique across all of them. */
function messageKey(row: Row): string | undefined {
  const traceId = row.argText(TRACE_ID);
  return traceId === undefined ? undefined : `message|${traceId}`;
}

const momentKey = ({ pid, tid, ts }: Moment): string => `${threadKey({ pid, tid })}|${String(ts)}`;

/** An XMLHttpRequest's handlers run because it was sent. Only its address tells it from others. */
function pushXhrs(table: CallbackTable, requests: readonly Request[], xhrs: readonly XhrEvent[]): void {
  const kind = 'xml-http-request';
  const keyOf = ({ pid, tid }: Thread, url: string): string => `${kind}|${threadKey({ pid, tid })}|${url}`;
  for (const request of requests) {
    const { pid, tid, sent, initiator } = request;
    if (initiator.fetchType !== undefined && initiator.fetchType !== 'xmlhttprequest') continue;
    for (const url of xhrAddresses(request)) {
      table.push({ kind, key: keyOf(request, url), pid, tid, ts: sent, end: undefined });
    }
  }
  for (const { url, pid, tid, ts, duration } of xhrs) {
    if (!(duration >= 0)) continue;
    table.push({ kind, key: keyOf({ pid, tid }, url), pid, tid, ts, end: traceTime(ts + duration) });
  }
}

function pushFetches(table: CallbackTable, runs: readonly FetchRun[]): void {
  for (const [index, { request, waitedFor, pid, tid, ts, end }] of runs.entries()) {
    const kind = waitedFor === 'headers' ? 'fetch' : 'fetch-body';
    const key = `${kind}|${String(index)}`;
    table.push({ kind, key, pid, tid, ts: request.sent, end: undefined });
    table.push({ kind, key, pid, tid, ts, end });
  }
}
