import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware, RequestWatch } from './request-watch.ts';

/** What of Fastify the agent needs. https://fastify.dev/docs/latest/Reference/Hooks/ */
export interface FastifyLike {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequestLike, reply: FastifyReplyLike, done: () => void) => void,
  ): unknown;
  addHook(
    name: 'onError',
    hook: (request: FastifyRequestLike, reply: FastifyReplyLike, error: Error, done: () => void) => void,
  ): unknown;
}

interface FastifyRequestLike {
  readonly raw: IncomingMessage;
  readonly routeOptions?: { readonly url?: string | undefined };
}

interface FastifyReplyLike {
  readonly raw: ServerResponse;
}

type Plugin = (app: FastifyLike, options: unknown, done: () => void) => void;

/** A plugin whose hooks are those of the whole app, and not of a part of it. */
export function fastifyHooks(
  middleware: Middleware,
  requests: RequestWatch,
  recordError: (error: unknown) => void,
): Plugin {
  const plugin: Plugin = (app, _, registered) => {
    app.addHook('onRequest', (request, reply, done) => {
      middleware(request.raw, reply.raw, () => {
        const { current } = requests;
        // Fastify has routed before its first hook.
        if (current !== undefined) current.route = request.routeOptions?.url;
        done();
      });
    });
    app.addHook('onError', (_request, _reply, error, done) => {
      recordError(error);
      done();
    });
    registered();
  };
  // Fastify's own mark for it, which fastify-plugin sets.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}
