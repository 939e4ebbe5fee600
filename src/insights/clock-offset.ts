/**
 * One request as both sides timed it, each on its own clock, in microseconds. The server began no earlier than the client began
 * to send, and had written the headers before they arrived: whatever the way there and back took, that bounds the offset.
 */
export interface Exchange {
  readonly sent: number;
  readonly answered: number;
  readonly began: number;
  readonly written: number;
}

/** How one clock runs against another: client's time = server's time + offset. */
export interface ClockOffset {
  /** At a time of the server's, in microseconds. */
  at(serverTime: number): number;
  /** The most by which `at` can be wrong at a time of the server's, in microseconds. */
  errorAt(serverTime: number): number;
  /** By how many microseconds the client's clock gains on the server's in a second: parts per million. */
  readonly driftPpm: number;
  readonly driftErrorPpm: number;
  /** How many of the exchanges agree with it. */
  readonly agreeing: number;
}

/** The crystals of computers are good to ±50 ppm each. https://www.rfc-editor.org/rfc/rfc5905#section-7.2 */
const MOST_DRIFT = 100e-6;
/** Both clocks are read in whole microseconds. */
const READING_US = 1;

/**
 * The offset between two clocks by NTP's method: each exchange gives an interval that it lies in, and what all of them have in
 * common is what remains. As clocks drift, it is a line that must pass through every interval; of all such lines the one
 * through the middle is taken, and how far the others go from it is the error.
 * @returns Undefined without exchanges, and where no offset suits more than half of them.
 */
export function clockOffset(exchanges: readonly Exchange[]): ClockOffset | undefined {
  const sound = exchanges.filter(isSound);
  const agreeing = inAgreement(sound);
  if (agreeing.length === 0 || agreeing.length * 2 <= exchanges.length) return undefined;
  const origin = originOf(agreeing);
  const lines = feasibleLines(agreeing, origin);
  return lines.length === 0 ? undefined : middleOf(lines, agreeing, origin);
}

/** A client and a server may write anything: times that no clock gives say nothing. */
const isSound = ({ sent, answered, began, written }: Exchange): boolean =>
  [sent, answered, began, written].every((time) => Number.isFinite(time) && Math.abs(time) < 2 ** 53) &&
  answered >= sent &&
  written >= began;

const lowest = ({ sent, began }: Exchange): number => sent - began - READING_US;
const highest = ({ answered, written }: Exchange): number => answered - written + READING_US;

/** Those that the most agree with, as far as clocks drift within their time. (Marzullo's algorithm.) */
function inAgreement(exchanges: readonly Exchange[]): readonly Exchange[] {
  const slack = MOST_DRIFT * spanOf(exchanges);
  const edges = exchanges
    .flatMap((exchange) => [
      { at: lowest(exchange) - slack, step: 1 },
      { at: highest(exchange) + slack, step: -1 },
    ])
    // Where one interval ends as another begins, they touch.
    .toSorted((a, b) => a.at - b.at || b.step - a.step);
  let count = 0;
  let most = 0;
  let place = 0;
  for (const { at, step } of edges) {
    count += step;
    if (count > most) [most, place] = [count, at];
  }
  return exchanges.filter(
    (exchange) => lowest(exchange) - slack <= place && place <= highest(exchange) + slack,
  );
}

function spanOf(exchanges: readonly Exchange[]): number {
  const first = exchanges.reduce((least, { began }) => Math.min(least, began), Infinity);
  const last = exchanges.reduce((most, { written }) => Math.max(most, written), -Infinity);
  return Math.max(0, last - first);
}

/** Numbers near 0, where they have the most digits: machines run for months. */
interface Origin {
  readonly time: number;
  readonly offset: number;
  readonly span: number;
}

function originOf(exchanges: readonly Exchange[]): Origin {
  const time = exchanges.reduce((least, { began }) => Math.min(least, began), Infinity);
  const offset = exchanges.reduce((most, exchange) => Math.max(most, lowest(exchange)), -Infinity);
  return { time, offset, span: spanOf(exchanges) };
}

/** `offset` at the origin's time, counted from the origin's. */
interface Line {
  readonly offset: number;
  readonly drift: number;
}

/** @returns The corners of the convex set of all lines that pass through every interval. */
function feasibleLines(exchanges: readonly Exchange[], { time, offset, span }: Origin): readonly Line[] {
  const far = exchanges.reduce(
    (most, exchange) => Math.max(most, Math.abs(highest(exchange) - offset)),
    2 * MOST_DRIFT * span + 1,
  );
  let corners: readonly Line[] = [
    { offset: -far, drift: -MOST_DRIFT },
    { offset: far, drift: -MOST_DRIFT },
    { offset: far, drift: MOST_DRIFT },
    { offset: -far, drift: MOST_DRIFT },
  ];
  for (const exchange of exchanges) {
    const least = lowest(exchange) - offset;
    const most = highest(exchange) - offset;
    corners = cut(corners, (line) => valueAt(line, exchange.began - time) - least);
    corners = cut(corners, (line) => most - valueAt(line, exchange.written - time));
  }
  return corners;
}

const valueAt = ({ offset, drift }: Line, since: number): number => offset + drift * since;

/** What remains of a convex polygon where a linear function is not negative. (Sutherland and Hodgman.) */
function cut(corners: readonly Line[], slackOf: (line: Line) => number): readonly Line[] {
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const here = slackOf(corner);
    const there = slackOf(next);
    const kept = here >= 0 ? [corner] : [];
    if (here >= 0 === there >= 0) return kept;
    const share = here / (here - there);
    const crossing = {
      offset: corner.offset + share * (next.offset - corner.offset),
      drift: corner.drift + share * (next.drift - corner.drift),
    };
    return [...kept, crossing];
  });
}

function middleOf(
  lines: readonly Line[],
  { length: agreeing }: readonly Exchange[],
  { time, offset, span }: Origin,
): ClockOffset {
  const rangeAt = (since: number): Range => rangeOf(lines.map((line) => valueAt(line, since)));
  // Without a span there are no two places for a line to pass through.
  const length = Math.max(span, 1);
  const start = centre(rangeAt(0));
  const middle = { offset: start, drift: (centre(rangeAt(length)) - start) / length };
  const drifts = rangeOf(lines.map(({ drift }) => drift));
  const driftError = Math.max(drifts.high - middle.drift, middle.drift - drifts.low);
  return {
    at: (serverTime) => offset + valueAt(middle, serverTime - time),
    errorAt(serverTime) {
      const since = serverTime - time;
      const { low, high } = rangeAt(since);
      const own = valueAt(middle, since);
      return Math.max(high - own, own - low);
    },
    driftPpm: middle.drift * 1e6,
    driftErrorPpm: driftError * 1e6,
    agreeing,
  };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const rangeOf = (values: readonly number[]): Range => ({
  low: values.reduce((least, value) => Math.min(least, value), Infinity),
  high: values.reduce((most, value) => Math.max(most, value), -Infinity),
});

const centre = ({ low, high }: Range): number => (low + high) / 2;
