import { isUnavailable } from '../../src/base/measure.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { placeWords } from '../../src/result/words/finding-place.ts';
import { inpRating } from '../../src/result/words/inp-rating.ts';
import { CHAIN_ENDS, segmentName } from './chain-words.ts';
import { ms, plural } from './format.ts';
import { interactionName } from './interaction-name.ts';
import { slowestInteraction } from './opening-view.ts';
import { ownFindings } from './own-findings.ts';

export interface TraceAnswer {
  readonly headline: string;
  readonly sentences: readonly string[];
  /** What to do about that wait, or about another that can be explained. Undefined where nothing was found. */
  readonly next: string | undefined;
}

/** A trace in words: which interaction kept its user waiting longest, what for, and how busy the main thread was. */
export function traceAnswer(trace: TraceResult): TraceAnswer {
  const index = slowestInteraction(trace);
  const slowest = index === undefined ? undefined : trace.interactions[index];
  if (slowest === undefined) {
    const headlineOfNone = 'Nobody interacted with the page';
    return { headline: headlineOfNone, sentences: [mainThreadSentence(trace)], next: undefined };
  }
  return {
    headline: headline(slowest),
    sentences: [waitSentence(slowest), mainThreadSentence(trace)].filter((sentence) => sentence !== ''),
    next: nextSentence(trace.findings, slowest),
  };
}

/** A name is the page's, and may be of any length. */
const LONGEST_NAME = 60;

function headline(slowest: Interaction): string {
  const { durationMs, icpMs } = slowest;
  const whole = interactionName(slowest);
  const name = whole.length > LONGEST_NAME ? `${whole.slice(0, LONGEST_NAME - 1)}…` : whole;
  const next = `${ms(durationMs)} (${inpRating(durationMs)})`;
  if (isUnavailable(icpMs)) return `Users waited longest for the next paint after ${name}: ${next}`;
  // ICP counts from the click, which may come late: its paint may be the next one, or before it.
  return icpMs < durationMs
    ? `Users waited longest for the next paint after ${name}: ${next}. The result came after ${ms(icpMs)}`
    : `Users waited longest for the result of ${name}: ${ms(icpMs)}. The next paint came after ${next}`;
}

/** What most of the time went into, with how sure that is. */
function waitSentence({ chain }: Interaction): string {
  const [longest] = chain.segments.toSorted((a, b) => b.durationMs - a.durationMs);
  if (longest === undefined) return '';
  const whole = chain.segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const { until } = CHAIN_ENDS[chain.endsWith];
  return `Of the ${ms(whole)} until ${until}, most went into “${lowered(segmentName(longest))}”: ${ms(longest.durationMs)} (${longest.evidence}).`;
}

function nextSentence(findings: TraceResult['findings'], slowest: Interaction): string | undefined {
  const own = ownFindings(findings, slowest);
  const [worst] = (own.length === 0 ? findings : own).toSorted((a, b) => b.explainsMs - a.explainsMs);
  if (worst === undefined) return undefined;
  const { title, where, explainsMs, evidence, advice, interactionStartMs } = worst;
  const whose = own.length === 0 ? ` of the interaction at ${ms(interactionStartMs)}` : '';
  return `${[title, ...placeWords(where)].join(', ')}: ${ms(explainsMs)}${whose} (${evidence}). ${advice}`;
}

const lowered = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

function mainThreadSentence({ longTasks, mainThread }: TraceResult): string {
  if (isUnavailable(mainThread)) return 'The trace does not say which thread was the page’s main thread.';
  const { count, totalBlockingTimeMs, longestMs } = longTasks;
  if (isUnavailable(count)) return 'No task of the main thread was recorded.';
  if (count === 0) return 'The main thread had no task of more than 50 ms.';
  const blocking = isUnavailable(totalBlockingTimeMs) ? '' : `, ${ms(totalBlockingTimeMs)} of it over 50 ms`;
  const longest = isUnavailable(longestMs) ? '' : `; the longest took ${ms(longestMs)}`;
  return `The main thread had ${plural(count, 'long task')}${blocking}${longest}.`;
}
