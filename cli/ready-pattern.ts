import { READY } from '../src/capture/server/own-server.ts';
import { InpactError } from '../src/index.ts';

/** What a server prints when it is ready, as the user writes it. */
export function readyPatternOf(text: string | undefined): RegExp {
  if (text === undefined) return READY;
  try {
    return new RegExp(text, 'i');
  } catch (cause) {
    throw new InpactError('bad-usage', `${text} is no pattern`, { cause });
  }
}
