import type { RequestListener } from 'node:http';
import type { TraceWriter } from './trace-writer.ts';

/** Answers `GET` with the trace, and `DELETE` by forgetting it. */
export function traceHandler(writer: TraceWriter): RequestListener {
  return ({ method }, response) => {
    if (method === 'DELETE') {
      writer.clear();
      response.writeHead(204).end();
      return;
    }
    if (method !== 'GET') {
      response.writeHead(405, { Allow: 'GET, DELETE' }).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(writer.toFile()));
  };
}
