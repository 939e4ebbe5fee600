import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nowUs } from './clock.ts';
import type { LoopWatch } from './loop-watch.ts';
import type { RequestStore } from './request-store.ts';
import { ServedRequest } from './served-request.ts';
import type { SpanIds } from './span-ids.ts';

export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface RequestWatchOptions {
  readonly ids: SpanIds;
  readonly store: RequestStore;
  readonly loop: LoopWatch;
  readonly sendsServerTiming: boolean;
}

/** Follows each request from the loop coming to it until its response is handed over. */
export class RequestWatch {
  readonly #options: RequestWatchOptions;
  readonly #current = new AsyncLocalStorage<ServedRequest>();

  constructor(options: RequestWatchOptions) {
    this.#options = options;
  }

  /** The one that the running code works for. */
  get current(): ServedRequest | undefined {
    return this.#current.getStore();
  }

  /** Runs what serves a request. */
  serve<Value>(request: IncomingMessage, response: ServerResponse, next: () => Value): Value {
    return this.#current.run(this.#begin(request, response), next);
  }

  #begin(request: IncomingMessage, response: ServerResponse): ServedRequest {
    const { ids, loop, store, sendsServerTiming } = this.#options;
    const startUs = nowUs();
    const served = new ServedRequest(request, ids, { startUs, loopUs: loop.blockedUs(startUs) });
    loop.beginsRequest(startUs);
    beforeHeaders(response, () => {
      const headersUs = nowUs();
      served.headersUs = headersUs;
      // They may have been sent without `writeHead`, by whoever writes to the socket.
      if (sendsServerTiming && !response.headersSent)
        addServerTiming(response, served.serverTiming(headersUs));
    });
    // It comes once, whether all was written or the client has gone: `once` would but cost more.
    response.on('close', () => {
      loop.endsRequest();
      store.add(served, served.ended(request, response, nowUs()));
    });
    return served;
  }
}

/** Beside the app's own. `appendHeader` checks twice what nobody else has set. */
function addServerTiming(response: ServerResponse, value: string): void {
  if (response.hasHeader('server-timing')) response.appendHeader('Server-Timing', value);
  else response.setHeader('Server-Timing', value);
}

/** Calls back right before the headers are written, while some can be added. */
function beforeHeaders(response: ServerResponse, callback: () => void): void {
  // oxlint-disable-next-line typescript/unbound-method -- It is called on the response below.
  const { writeHead } = response;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]): ServerResponse {
    response.writeHead = writeHead;
    callback();
    return Reflect.apply(writeHead, this, args);
  };
}
