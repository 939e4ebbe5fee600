import { readFile } from 'node:fs/promises';
import { array, looseObject, nullish, number, object, optional, parse, string } from 'valibot';

/** What a server's own trace says of its requests and of the blocks of its loop, read without the product's reader. */
export interface ServerEvents {
  readonly requests: readonly { readonly id: string; readonly path: string; readonly startUs: number }[];
  readonly blocks: readonly ServerBlock[];
}

export interface ServerBlock {
  readonly kind: string;
  readonly by: string;
  /** Of the request that held the loop. Empty where it is not known. */
  readonly path: string;
  readonly startUs: number;
  readonly endUs: number;
}

const TRACE = object({
  traceEvents: array(
    looseObject({
      name: string(),
      ph: string(),
      ts: number(),
      dur: optional(number(), 0),
      args: looseObject({
        id: optional(string(), ''),
        path: optional(string(), ''),
        request: nullish(string()),
        kind: optional(string(), ''),
        by: optional(string(), ''),
      }),
    }),
  ),
});

export async function readServerEvents(file: string): Promise<ServerEvents> {
  const { traceEvents } = parse(TRACE, JSON.parse(await readFile(file, 'utf8')));
  const requests = traceEvents
    .filter(({ name, ph }) => name === 'inpact.request' && ph === 'b')
    .map(({ ts, args: { id, path } }) => ({ id, path, startUs: ts }));
  const paths = new Map(requests.map(({ id, path }) => [id, path]));
  const blocks = traceEvents
    .filter(({ name }) => name === 'inpact.loopBlocked')
    .map(({ ts, dur, args: { kind, by, request } }) => ({
      kind,
      by,
      path: paths.get(request ?? '') ?? '',
      startUs: ts,
      endUs: ts + dur,
    }));
  return { requests, blocks };
}

/** For how long the loop was blocked between two moments. */
export const blockedMs = ({ blocks }: ServerEvents, fromUs: number, toUs: number): number =>
  blocks.reduce(
    (sum, { startUs, endUs }) => sum + Math.max(0, Math.min(endUs, toUs) - Math.max(startUs, fromUs)),
    0,
  ) / 1000;
