import { isUnavailable } from '../../src/base/measure.ts';
import type { NetworkRequest } from '../../src/result/trace-result.ts';

const LONGEST = 42;

/** `GET /api/report · 200`: short enough for a bar. The card and the table hold the whole URL. */
export function requestLabel({ method, url, status }: NetworkRequest): string {
  const path = URL.parse(url)?.pathname ?? url;
  const short = path.length > LONGEST ? `…${path.slice(1 - LONGEST)}` : path;
  return `${method} ${short}${isUnavailable(status) ? '' : ` · ${status}`}`;
}
