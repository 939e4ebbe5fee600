import type { Request } from '../../timeline/network/requests.ts';

/** Where the result lists a request: those that it does not list are left out. */
export type RequestIndex = ReadonlyMap<Request, number>;

export const requestIndex = (requests: readonly Request[]): RequestIndex =>
  new Map(requests.map((request, index) => [request, index]));
