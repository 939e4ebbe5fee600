import { fileURLToPath } from 'node:url';

/** A place in the server's code. Lines and columns count from 1. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const MOST_FRAMES = 32;

/** The functions that are running, innermost first, without those of this agent and of Node itself. */
export function callStack(): readonly Frame[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = MOST_FRAMES;
  const { stack = '' } = new Error('where');
  Error.stackTraceLimit = limit;
  return stack
    .split('\n')
    .slice(1)
    .flatMap(frameOf)
    .filter(({ url }) => !isOurs(url));
}

/** `at name (file:1:2)` and `at file:1:2`. */
const FRAME = /^\s+at (?:(?:async )?(.*?) \()?(.*?):(\d+):(\d+)\)?$/;

function frameOf(text: string): readonly Frame[] {
  const [, functionName = '', url = '', line = '0', column = '0'] = FRAME.exec(text) ?? [];
  if (url === '' || url.startsWith('node:')) return [];
  return [{ functionName, url: pathOf(url), line: Number(line), column: Number(column) }];
}

export const pathOf = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : url);

const OWN_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Whether a place lies in the agent. */
export const isOurs = (path: string): boolean => path.startsWith(OWN_FOLDER);
