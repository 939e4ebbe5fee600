import { listIn, numberIn, stringIn } from '../trace/json.ts';

/** A place in the page's code, as Chrome writes it into the payload of an event. */
export interface CodePlace {
  /** Empty for code without an address, such as `eval`. */
  readonly url: string;
  /** From 1. Undefined where Chrome does not say. */
  readonly line: number | undefined;
  /** From 1. */
  readonly column: number | undefined;
  /** Empty for code outside of a function, and for functions without a name. */
  readonly functionName: string;
}

/** Where the code was that an event happened in: the top of its stack. Undefined where no code ran, or none was recorded. */
export function topOfStack(data: unknown): CodePlace | undefined {
  const [top] = listIn(data, 'stackTrace');
  return top === undefined ? undefined : placeIn(top, 1);
}

/** The place that an initiator names itself. Unlike those of stacks, its line and column count from 0. */
export const initiatorPlace = (initiator: unknown): CodePlace => placeIn(initiator, 0);

function placeIn(place: unknown, first: 0 | 1): CodePlace {
  const fromOne = (value: number | undefined): number | undefined =>
    value === undefined || value < first ? undefined : value - first + 1;
  return {
    url: stringIn(place, 'url') ?? '',
    line: fromOne(numberIn(place, 'lineNumber')),
    column: fromOne(numberIn(place, 'columnNumber')),
    functionName: stringIn(place, 'functionName') ?? '',
  };
}
