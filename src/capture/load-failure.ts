import { TimeoutError } from 'puppeteer-core';
import { InpactError } from '../base/errors.ts';
import { redactText } from '../redact/redact-text.ts';
import type { LoadProblem, LoadProblemCode } from '../result/load-problems.ts';
import { DeadlineExceeded } from './deadline.ts';

/** A load went wrong in a way that has a name. The load is lost, the session is not. */
export class LoadFailure extends Error {
  readonly code: LoadProblemCode;

  constructor(code: LoadProblemCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LoadFailure';
    this.code = code;
  }
}

/** Names what an error during a load means. `what` is the subject of the sentence. */
export function problemOf(error: unknown, what: string): LoadProblem {
  // A message may repeat an address, or what a page threw.
  const message = redactText(error instanceof Error ? error.message : String(error));
  if (error instanceof LoadFailure) return { code: error.code, message };
  if (error instanceof DeadlineExceeded) return { code: 'step-timeout', message: `${message}.` };
  if (error instanceof TimeoutError) return { code: 'step-timeout', message: `${what}: ${message}` };
  return { code: codeOf(message), message: `${what} failed: ${message}` };
}

/**
 * Names what befell one load.
 * @throws {InpactError} What the user can mend: that ends the session.
 */
export function loadProblem(error: unknown): LoadProblem {
  if (error instanceof InpactError && error.code !== 'capture-failed') throw error;
  return problemOf(error, 'The load');
}

function codeOf(message: string): LoadProblemCode {
  if (/not a valid selector|Unknown pseudo-class/i.test(message)) return 'bad-selector';
  if (/page crashed|target crashed/i.test(message)) return 'page-crashed';
  if (/ProtocolError.*timed out|protocolTimeout/i.test(message)) return 'browser-hung';
  return GONE.test(message) ? 'browser-failed' : 'step-failed';
}

/** What Puppeteer says in its many places when the browser, or the page, has gone. */
const GONE = /Target closed|Session closed|detached|Connection closed|disconnected|browser has been closed/i;
