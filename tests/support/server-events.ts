import { readFile } from 'node:fs/promises';
import { array, looseObject, nullish, number, object, optional, parse, string } from 'valibot';

/** A block of the server's loop, with the request that the server says held it. */
export interface ServerEvent {
  readonly isBlock: boolean;
  readonly kind: string;
  readonly by: string;
  /** Of the request. Empty where it is of none. */
  readonly path: string;
  readonly durationMs: number;
}

const TRACE = object({
  traceEvents: array(
    looseObject({
      name: string(),
      ph: string(),
      dur: optional(number(), 0),
      args: looseObject({
        id: optional(string()),
        path: optional(string()),
        request: nullish(string()),
        kind: optional(string()),
        by: optional(string()),
      }),
    }),
  ),
});

/** The events of a server's own trace, read without the product's reader. */
export async function readServerEvents(file: string): Promise<readonly ServerEvent[]> {
  const { traceEvents } = parse(TRACE, JSON.parse(await readFile(file, 'utf8')));
  const paths = new Map(
    traceEvents
      .filter(({ name, ph }) => name === 'inpact.request' && ph === 'b')
      .map(({ args }) => [args.id, args.path]),
  );
  return traceEvents.map(({ name, dur, args }) => ({
    isBlock: name === 'inpact.loopBlocked',
    kind: args.kind ?? '',
    by: args.by ?? '',
    path: paths.get(args.request ?? '') ?? '',
    durationMs: dur / 1000,
  }));
}
