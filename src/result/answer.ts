import { isUnavailable } from '../base/measure.ts';
import type { Answer, MetricName, Session, SummaryRow } from './session.ts';

const QUESTION = "Which event loop are your users waiting for: the browser's main thread, or the server's?";

/** INP at or below this is "good". https://web.dev/articles/inp */
const GOOD_INP_MS = 200;
const POOR_INP_MS = 500;

/** From here on a wait for the result is worth a word, and a blocked loop its cause. */
const NOTABLE_MS = 50;

/** Says in a few sentences what the session's figures mean, starting from the step where INP hides most. */
export function answer({
  summary,
  scenario,
  variants,
}: Pick<Session, 'summary' | 'scenario' | 'variants'>): Answer {
  const worst = summary.toSorted((a, b) => hiddenWait(b) - hiddenWait(a))[0];
  if (worst === undefined || figure(worst, 'inpMs') === undefined) {
    return {
      question: QUESTION,
      sentences: ['No load gave a valid interaction, so there is no answer yet.'],
    };
  }
  const description = scenario.steps.find(({ name }) => name === worst.step)?.description ?? worst.step;
  const others = variants
    .filter(({ name }) => name !== worst.variant)
    .flatMap(({ name }) => summary.find((row) => row.step === worst.step && row.variant === name) ?? []);
  return {
    question: QUESTION,
    sentences: [`${description}, ${worst.variant}: ${waitSentence(worst)}`, ...others.map(contrastSentence)],
  };
}

const figure = (row: SummaryRow, metric: MetricName): number | undefined => {
  const measured = row.metrics[metric];
  return isUnavailable(measured) ? undefined : measured.median;
};

/** What the user waits after the frame that INP ends with. */
const hiddenWait = (row: SummaryRow): number => (figure(row, 'icpMs') ?? 0) - (figure(row, 'inpMs') ?? 0);

function waitSentence(row: SummaryRow): string {
  const inp = figure(row, 'inpMs') ?? 0;
  const icp = figure(row, 'icpMs');
  const rated = `INP is ${ms(inp)}, ${rating(inp)}`;
  if (icp === undefined) return `${rated}; no paint of a result was attributed to the interaction.`;
  if (hiddenWait(row) < NOTABLE_MS)
    return `${rated}, and the result is painted after ${ms(icp)}. ${mainThreadCause(row)}`;
  return `${rated}, but the result is painted only after ${ms(icp)}${serverCause(row)}.`;
}

const rating = (inpMs: number): string => {
  if (inpMs <= GOOD_INP_MS) return '“good”';
  return inpMs <= POOR_INP_MS ? '“needs improvement”' : '“poor”';
};

function serverCause(row: SummaryRow): string {
  const blocked = figure(row, 'loopBlockedMs');
  if (blocked === undefined) return '';
  if (blocked < NOTABLE_MS) return ", and the server's event loop was not what it waited for";
  return `, because the server's event loop was blocked for ${ms(blocked)} of that`;
}

function mainThreadCause(row: SummaryRow): string {
  const wall = figure(row, 'longestTaskMs');
  const cpu = figure(row, 'longestTaskCpuMs');
  if (wall === undefined || wall <= NOTABLE_MS) return 'Neither event loop was blocked for long.';
  if (cpu === undefined || cpu > wall / 2)
    return `The browser's main thread was busy: its longest task took ${ms(wall)}.`;
  return `The browser's main thread was waiting, not working: its longest task took ${ms(wall)}, of which ${ms(cpu)} on the processor.`;
}

function contrastSentence(row: SummaryRow): string {
  const inp = figure(row, 'inpMs');
  const icp = figure(row, 'icpMs');
  if (inp === undefined || icp === undefined) return `With ${row.variant} there is no figure to compare.`;
  return `With ${row.variant} the same interaction's INP is ${ms(inp)} and its result is painted after ${ms(icp)}.`;
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
