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

/**
 * The innermost frame of the stack that an event carries. Undefined where no code ran, or none was recorded.
 * @param data The event's `data` or `beginData`.
 */
export function topOfStack(data: unknown): SourcePosition | undefined {
  const [top] = listIn(data, 'stackTrace');
  return top === undefined ? undefined : positionIn(top, 1);
}

/** The function that a `FunctionCall` or an `EvaluateScript` runs. Undefined where the event does not say. */
export function calledFunction(args: unknown): SourcePosition | undefined {
  const data = at(args, 'data');
  const position = positionIn(data, 1);
  // Old Chrome called them so.
  const url = position.url || (stringIn(data, 'scriptName') ?? '');
  if (url === '' && position.functionName === '') return undefined;
  return { ...position, url, line: position.line ?? numberIn(data, 'scriptLine') };
}

/** A frame of a CPU profile. Native functions have no line. */
export const profiledFunction = (callFrame: unknown): SourcePosition => positionIn(callFrame, 0);

/** The place that a request's initiator names itself. */
export const initiatorPosition = (initiator: unknown): SourcePosition => positionIn(initiator, 0);

/** Tells functions apart. */
export const positionKey = ({ url, functionName, line, column }: SourcePosition): string =>
  `${url}|${functionName}|${String(line)}|${String(column)}`;

/** @param first How Chrome numbers the first line here: stacks in payloads count from 1, profiles and initiators from 0. */
function positionIn(frame: unknown, first: 0 | 1): SourcePosition {
  const fromOne = (value: number | undefined): number | undefined =>
    value === undefined || value < first ? undefined : value - first + 1;
  return {
    url: stringIn(frame, 'url') ?? '',
    functionName: stringIn(frame, 'functionName') ?? '',
    line: fromOne(numberIn(frame, 'lineNumber')),
    column: fromOne(numberIn(frame, 'columnNumber')),
  };
}
