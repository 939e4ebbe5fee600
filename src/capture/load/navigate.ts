import { type HTTPResponse, TimeoutError } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import type { LoadProblem, LoadProblemCode } from '../../result/load-problems.ts';
import { problemOf } from '../load-failure.ts';
import { leadsElsewhere } from './leads-elsewhere.ts';
import type { LoadOrder } from './load-order.ts';
import type { OpenPage } from './open-page.ts';

/**
 * Loads the page, and says why what came is not what was asked for.
 * @throws {InpactError} `server-unreachable` if the page's server does not answer at all.
 */
export async function navigate(
  { page, watch }: OpenPage,
  { url, allowedOrigins }: LoadOrder,
): Promise<readonly LoadProblem[]> {
  try {
    const response = await watch.whileOpen(page.goto(url, { waitUntil: 'load' }));
    return problemsOf(response, url, page.url(), allowedOrigins);
  } catch (error) {
    const net = error instanceof Error ? /net::(ERR_\w+)/.exec(error.message)?.[1] : undefined;
    if (net !== undefined) return [netProblem(net, url, error)];
    if (error instanceof TimeoutError) {
      return [{ code: 'navigation-timeout', message: `The page was not loaded in time: ${error.message}` }];
    }
    return [problemOf(error, 'Loading the page')];
  }
}

function problemsOf(
  response: HTTPResponse | null,
  asked: string,
  got: string,
  allowedOrigins: readonly string[],
): readonly LoadProblem[] {
  const status = response?.status() ?? 0;
  if (status >= 400) {
    const message = `The server answered ${String(status)} to the page's address.`;
    return [{ code: 'page-error-status', message }];
  }
  if (!leadsElsewhere(asked, got, allowedOrigins)) return [];
  const message = `${redactUrl(asked)} led to ${redactUrl(got)}, which is another origin.`;
  return [{ code: 'wrong-origin', message }];
}

const NET_PROBLEMS: readonly (readonly [name: RegExp, code: LoadProblemCode, what: string])[] = [
  [/^ERR_TOO_MANY_REDIRECTS$/, 'redirect-loop', 'The page redirects without end'],
  [/^ERR_(CERT|SSL|BAD_SSL)/, 'certificate-error', 'The connection is not secure'],
  [/^ERR_(ABORTED|INVALID_RESPONSE)$/, 'no-document', 'The address gave no page'],
  [/^ERR_INVALID_AUTH_CREDENTIALS$/, 'page-error-status', 'The server asks for a user and a password'],
];

const UNREACHABLE_HINTS: ReadonlyMap<string, string> = new Map([
  ['ERR_INTERNET_DISCONNECTED', 'This machine has no network: only what it serves itself can be recorded.'],
  ['ERR_NAME_NOT_RESOLVED', 'Check how the host is spelled, and whether this machine can look it up.'],
]);

function netProblem(name: string, url: string, cause: unknown): LoadProblem {
  if (/^ERR_(CONNECTION_(REFUSED|TIMED_OUT|FAILED)|NAME|ADDRESS|INTERNET)/.test(name)) {
    throw new InpactError('server-unreachable', `Nothing answers at ${redactUrl(url)} (net::${name})`, {
      hint: UNREACHABLE_HINTS.get(name) ?? 'Start the server first, and check host and port.',
      cause,
    });
  }
  const [, code, what] = NET_PROBLEMS.find(([pattern]) => pattern.test(name)) ?? [];
  return {
    code: code ?? 'navigation-failed',
    message: `${what ?? 'The page could not be loaded'} (net::${name}).`,
  };
}
