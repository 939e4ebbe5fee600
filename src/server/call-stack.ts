import { fileURLToPath } from 'node:url';

/** A place in the server's code. Lines and columns count from 1. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const MOST_FRAMES = 32;

/** The functions that are running, as V8 writes them: to read them can wait until somebody asks. */
export function callStack(): string {
  const { stackTraceLimit } = Error;
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  Error.stackTraceLimit = MOST_FRAMES;
  // The app's may make anything of it.
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  const { stack = '' } = new Error('where');
  Error.stackTraceLimit = stackTraceLimit;
  if (prepare !== undefined) Object.defineProperty(Error, 'prepareStackTrace', prepare);
  return stack;
}

/** The functions in what V8 wrote of a stack, innermost first, without those of this agent and of Node itself. */
export const framesIn = (stack: string): readonly Frame[] =>
  stack
    .split('\n')
    .flatMap(frameOf)
    .filter(({ url }) => !isOurs(url))
    .slice(0, MOST_FRAMES);

/** The line of the innermost of them as V8 wrote it. Empty where there is none. */
export const innermostIn = (stack: string): string =>
  stack.split('\n').find((line) => frameOf(line).some(({ url }) => !isOurs(url))) ?? '';

/** `at name (file:1:2)` and `at file:1:2`. */
const FRAME = /^\s+at (?:(?:async )?(.*?) \()?(.*?):(\d+):(\d+)\)?$/;

function frameOf(text: string): readonly Frame[] {
  const [, functionName = '', url = '', line = '0', column = '0'] = FRAME.exec(text) ?? [];
  // What is evaluated has no file.
  if (url === '' || url.startsWith('node:') || url.includes('<anonymous>')) return [];
  return [{ functionName, url: pathOf(url), line: Number(line), column: Number(column) }];
}

function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    // Of another machine, such as a worker's that sent the error on.
    return url;
  }
}

const OWN_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Whether a place lies in the agent. */
const isOurs = (path: string): boolean => path.startsWith(OWN_FOLDER);
