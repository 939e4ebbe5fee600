import { at, listIn, numberIn, stringIn } from '../trace/json.ts';

/** A place in a script, counted from 1 as editors count. */
export interface SourcePosition {
  /** Empty for native functions and for code that was made from a string. */
  readonly url: string;
  /** Empty for anonymous functions and for a script's outermost code. */
  readonly functionName: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** The innermost frame of the stack that an event carries: its lines count from 1. */
export function topOfStack(args: unknown, holder: 'data' | 'beginData'): SourcePosition | undefined {
  const [top] = listIn(args, holder, 'stackTrace');
  return top === undefined ? undefined : countedFromOne(top);
}

/** The function that a `FunctionCall` or an `EvaluateScript` runs. Undefined where the event does not say. */
export function calledFunction(args: unknown): SourcePosition | undefined {
  const data = at(args, 'data');
  const position = countedFromOne(data);
  // Old Chrome called them so.
  const url = position.url || (stringIn(data, 'scriptName') ?? '');
  if (url === '' && position.functionName === '') return undefined;
  return { ...position, url, line: position.line ?? numberIn(data, 'scriptLine') };
}

/** A frame of a CPU profile: its lines count from 0, and native functions have none. */
export function profiledFunction(callFrame: unknown): SourcePosition {
  const { url, functionName, line, column } = countedFromOne(callFrame);
  return { url, functionName, line: fromZero(line), column: fromZero(column) };
}

const fromZero = (value: number | undefined): number | undefined =>
  value === undefined || value < 0 ? undefined : value + 1;

/** Tells functions apart. */
export const positionKey = ({ url, functionName, line, column }: SourcePosition): string =>
  `${url}|${functionName}|${String(line)}|${String(column)}`;

const countedFromOne = (frame: unknown): SourcePosition => ({
  url: stringIn(frame, 'url') ?? '',
  functionName: stringIn(frame, 'functionName') ?? '',
  line: numberIn(frame, 'lineNumber'),
  column: numberIn(frame, 'columnNumber'),
});
