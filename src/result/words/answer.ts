import { isUnavailable } from '../../base/measure.ts';
import type { Answer } from '../answer.ts';
import type { FindingRow, MetricName, SummaryRow } from '../session-summary.ts';
import { placeWords } from './finding-place.ts';
import type { InsightId } from '../findings-result.ts';
import { busyHost } from './host-note.ts';
import { INP_GOOD_MS, inpRating } from './inp-rating.ts';
import { nextSteps } from './next-steps.ts';
import type { Session } from '../session.ts';
import { wholeMs } from './words.ts';

const QUESTION = "Which event loop are your users waiting for: the browser's main thread, or the server's?";

/** From here on a wait, or a difference between variants, is worth a word. */
const NOTABLE_MS = 50;

/** A shorter difference can be the wait for a frame alone: 60 Hz. */
const FRAME_MS = 1000 / 60;

type Evidence = Pick<Session, 'summary' | 'scenario' | 'variants' | 'findings' | 'loads'>;

/** One step as each variant showed it. The row with the longest wait comes first. */
interface StepRows {
  readonly name: string;
  readonly description: string;
  /** Whether there are others to tell this variant from. */
  readonly hasVariants: boolean;
  /** Whether other programs may have had the processor that the page's thread needed. */
  readonly onBusyHost: boolean;
  readonly rows: readonly [SummaryRow, ...SummaryRow[]];
  /** What recurs in the step, of all variants. */
  readonly findings: readonly FindingRow[];
}

/**
 * Says in two sentences what the session's figures mean: first where the variants differ most in what INP hides, then
 * where they differ in INP itself or, if nowhere, where they do not differ although the user waits. Where INP hides nothing
 * worth a word, all of the wait counts. With one variant: first where the user waits longest, whatever for, then the
 * longest wait of the other kind: what INP does not show, or what it does.
 */
export function answer(evidence: Evidence): Answer {
  const steps = stepsOf(evidence);
  const telling = tellingStep(steps);
  if (telling === undefined) {
    return {
      question: QUESTION,
      sentences: ['No load gave a valid interaction, so there is no answer yet.'],
      next: [],
    };
  }
  const others = steps.filter((step) => step !== telling);
  const second = evidence.variants.length > 1 ? contrastSentence(others) : otherKindSentence(telling, others);
  return {
    question: QUESTION,
    sentences: [waitSentence(telling), ...(second === undefined ? [] : [second])],
    next: nextSteps(evidence, telling.rows[0]),
  };
}

/** Where variants differ in INP, or where they do not differ at all. */
function contrastSentence(steps: readonly StepRows[]): string | undefined {
  const compared = steps.filter(({ rows }) => rows.length > 1);
  const inInp = largest(compared, (step) => contrast(step, inpOf));
  if (inInp !== undefined && contrast(inInp, inpOf) >= NOTABLE_MS) return inpSentence(inInp);
  const alike = largest(compared.filter(isAlike), (step) => hiddenWait(step.rows[0]) - contrast(step, wait));
  return alike && alikeSentence(alike);
}

/** Where the first wait is seen in INP, the longest that INP hides; where it is hidden, the longest that INP shows. */
function otherKindSentence(told: StepRows, others: readonly StepRows[]): string | undefined {
  const isHidden = hiddenWait(told.rows[0]) >= NOTABLE_MS;
  const ofOtherKind = others.filter(({ rows: [row] }) =>
    isHidden ? inpOf(row) > INP_GOOD_MS : hiddenWait(row) >= NOTABLE_MS,
  );
  const step = largest(ofOtherKind, ({ rows: [row] }) => wait(row));
  return step && waitSentence(step);
}

/** The step that the answer speaks of first. Undefined where there is no answer. */
export const answeredStep = (evidence: Evidence): string | undefined => tellingStep(stepsOf(evidence))?.name;

function tellingStep(steps: readonly StepRows[]): StepRows | undefined {
  if (steps.every(({ hasVariants }) => !hasVariants)) return largest(steps, ({ rows: [row] }) => wait(row));
  const isHidden = steps.some(({ rows }) => rows.some((row) => hiddenWait(row) >= NOTABLE_MS));
  const told = isHidden ? hiddenWait : wait;
  return largest(steps, (step) => contrast(step, told) + TIE_BREAK * told(step.rows[0]));
}

/** Where nothing differs the longest wait decides. */
const TIE_BREAK = 0.001;

function largest(steps: readonly StepRows[], size: (step: StepRows) => number): StepRows | undefined {
  return steps.toSorted((a, b) => size(b) - size(a))[0];
}

/** Steps in which at least one variant has an INP. */
function stepsOf({ summary, scenario, variants, findings, loads }: Evidence): readonly StepRows[] {
  const hasVariants = variants.length > 1;
  const onBusyHost = busyHost({ loads }) !== undefined;
  return scenario.steps.flatMap(({ name, description }) => {
    const measured = summary.filter((row) => row.step === name && figure(row, 'inpMs') !== undefined);
    const [first, ...others] = measured.toSorted((a, b) => wait(b) - wait(a));
    const own = findings.filter(({ step, recurs }) => step === name && recurs);
    if (first === undefined) return [];
    return [{ name, description, hasVariants, onBusyHost, rows: [first, ...others], findings: own }];
  });
}

function figure({ metrics }: SummaryRow, metric: MetricName): number | undefined {
  const measured = metrics[metric];
  return isUnavailable(measured) ? undefined : measured.median;
}

/** Until the result is painted, or, where that is not known, until the next paint. */
const wait = (row: SummaryRow): number => figure(row, 'icpMs') ?? figure(row, 'inpMs') ?? 0;

const inpOf = (row: SummaryRow): number => figure(row, 'inpMs') ?? 0;

/** What the user waits after the frame that INP ends with. */
const hiddenWait = (row: SummaryRow): number => wait(row) - inpOf(row);

/** By how much the variants differ in it. */
function contrast({ rows }: StepRows, size: (row: SummaryRow) => number): number {
  const sizes = rows.map(size);
  return Math.max(...sizes) - Math.min(...sizes);
}

/** Whether every variant's result was seen to be painted after about the same time: what a comparison would not call a change either. */
function isAlike(step: StepRows): boolean {
  const margin = Math.min(NOTABLE_MS, Math.max(FRAME_MS, wait(step.rows[0]) / 10));
  return step.rows.every((row) => figure(row, 'icpMs') !== undefined) && contrast(step, wait) < margin;
}

function waitSentence(step: StepRows): string {
  const {
    description,
    hasVariants,
    rows: [row, ...others],
  } = step;
  const after = figure(row, 'icpMs') === undefined ? 'the result is painted after' : 'after';
  const rest = others.map((other) => {
    const icp = figure(other, 'icpMs');
    const painted = icp === undefined ? 'no paint of a result was attributed' : `${after} ${wholeMs(icp)}`;
    return `; with ${other.variant} ${painted}, INP ${inpWords(other)}`;
  });
  const subject = hasVariants ? `${description}, ${row.variant}` : description;
  return `${subject}: ${waitWords(row, step)}${rest.join('')}.`;
}

function waitWords(row: SummaryRow, { findings, onBusyHost }: StepRows): string {
  const inp = `INP is ${inpWords(row)}, “${inpRating(inpOf(row))}”`;
  const icp = figure(row, 'icpMs');
  if (icp === undefined) return `${inp}; no paint of a result was attributed to the interaction`;
  const painted = `the result is painted after ${wholeMs(icp)}`;
  if (hiddenWait(row) < NOTABLE_MS) return `${inp}, and ${painted}: ${mainThreadCause(row, onBusyHost)}`;
  return `${inp}, but ${painted}${serverCause(row, findings)}`;
}

const inpWords = (row: SummaryRow): string => wholeMs(inpOf(row));

function serverCause(row: SummaryRow, findings: readonly FindingRow[]): string {
  const blocked = figure(row, 'loopBlockedMs');
  if (blocked === undefined) return '';
  if (blocked < NOTABLE_MS) return ", though the server's event loop was free";
  const most = (id: InsightId): FindingRow | undefined =>
    findings.find(
      (found) =>
        found.id === id && found.variant === row.variant && found.explainsMs.median >= MOST_OF_IT * blocked,
    );
  if (most('server-loop-starved') !== undefined)
    return `, because the server's event loop did not turn for ${wholeMs(blocked)} of that, though nothing of its own was seen to hold it`;
  const query = most('synchronous-query-on-event-loop');
  return `, because the server's event loop was blocked for ${wholeMs(blocked)} of that${query === undefined ? '' : byQuery(query)}`;
}

/** From here on a finding tells what most of the block was. */
const MOST_OF_IT = 0.5;

function byQuery({ example }: FindingRow): string {
  const [place] = placeWords({ ...example.where, sql: null });
  return place === undefined ? ' by a query' : ` by a query (${place})`;
}

function mainThreadCause(row: SummaryRow, onBusyHost: boolean): string {
  const wall = figure(row, 'longestTaskMs');
  const cpu = figure(row, 'longestTaskCpuMs');
  if (wall === undefined || wall <= NOTABLE_MS) {
    const blocked = figure(row, 'loopBlockedMs');
    return blocked !== undefined && blocked < NOTABLE_MS
      ? 'neither event loop was blocked for long'
      : 'no task held the main thread for long';
  }
  if (cpu === undefined || cpu > wall / 2)
    return `the main thread was busy, its longest task took ${wholeMs(wall)}`;
  const how = onBusyHost ? 'waited, or other programs had its processor' : 'was waiting, not working';
  return `the main thread ${how}: its longest task took ${wholeMs(wall)}, ${wholeMs(cpu)} of it on the processor`;
}

function inpSentence({ description, rows, onBusyHost }: StepRows): string {
  const row = rows.toSorted((a, b) => inpOf(b) - inpOf(a))[0] ?? rows[0];
  const others = rows.filter((other) => other !== row);
  const rest = others.map((other) => ` and ${inpWords(other)} with ${other.variant}`);
  return `INP itself differs where the page blocks: ${lowerFirst(description)}, it is ${inpWords(row)} with ${row.variant}${rest.join('')}; ${mainThreadCause(row, onBusyHost)}.`;
}

function alikeSentence({ description, rows }: StepRows): string {
  const waits = rows.map((row) => `${wholeMs(wait(row))} with ${row.variant}`);
  return `${description}: the variants do not differ, the result is painted after ${waits.join(' and ')}.`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
