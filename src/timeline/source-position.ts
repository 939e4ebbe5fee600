import { type ArgPath, argPath } from '../trace/arg-paths.ts';
import { listIn, numberIn, stringIn } from '../trace/json.ts';
import type { Row } from '../trace/row.ts';

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
export function calledFunction(row: Row): SourcePosition | undefined {
  const named = row.argText(CALLED.url) ?? '';
  // Old Chrome called them so.
  const url = named === '' ? (row.argText(SCRIPT_NAME) ?? '') : named;
  const functionName = row.argText(CALLED.functionName) ?? '';
  if (url === '' && functionName === '') return undefined;
  const line = fromOne(row.argNumber(CALLED.line), 1) ?? row.argNumber(SCRIPT_LINE);
  return { url, functionName, line, column: fromOne(row.argNumber(CALLED.column), 1) };
}

/** As `topOfStack`, of an event's `data`; or of its `beginData`. */
export const dataStackTop = (row: Row): SourcePosition | undefined => stackTop(row, DATA_STACK);
export const beginDataStackTop = (row: Row): SourcePosition | undefined => stackTop(row, BEGIN_DATA_STACK);

interface PositionPaths {
  readonly url: ArgPath;
  readonly functionName: ArgPath;
  readonly line: ArgPath;
  readonly column: ArgPath;
}

interface StackPaths extends PositionPaths {
  readonly top: ArgPath;
}

const CALLED: PositionPaths = {
  url: argPath('data.url'),
  functionName: argPath('data.functionName'),
  line: argPath('data.lineNumber'),
  column: argPath('data.columnNumber'),
};
const SCRIPT_NAME = argPath('data.scriptName');
const SCRIPT_LINE = argPath('data.scriptLine');
const DATA_STACK: StackPaths = {
  top: argPath('data.stackTrace[0]'),
  url: argPath('data.stackTrace[0].url'),
  functionName: argPath('data.stackTrace[0].functionName'),
  line: argPath('data.stackTrace[0].lineNumber'),
  column: argPath('data.stackTrace[0].columnNumber'),
};
const BEGIN_DATA_STACK: StackPaths = {
  top: argPath('beginData.stackTrace[0]'),
  url: argPath('beginData.stackTrace[0].url'),
  functionName: argPath('beginData.stackTrace[0].functionName'),
  line: argPath('beginData.stackTrace[0].lineNumber'),
  column: argPath('beginData.stackTrace[0].columnNumber'),
};

function stackTop(
  row: Row,
  { top, url, functionName, line, column }: StackPaths,
): SourcePosition | undefined {
  if (!row.hasArg(top)) return undefined;
  return {
    url: row.argText(url) ?? '',
    functionName: row.argText(functionName) ?? '',
    line: fromOne(row.argNumber(line), 1),
    column: fromOne(row.argNumber(column), 1),
  };
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
  return {
    url: stringIn(frame, 'url') ?? '',
    functionName: stringIn(frame, 'functionName') ?? '',
    line: fromOne(numberIn(frame, 'lineNumber'), first),
    column: fromOne(numberIn(frame, 'columnNumber'), first),
  };
}

const fromOne = (value: number | undefined, first: 0 | 1): number | undefined =>
  value === undefined || value < first ? undefined : value - first + 1;
