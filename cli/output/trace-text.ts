import {
  isUnavailable,
  type Interaction,
  type Measure,
  numberText,
  type TraceResult,
} from '../../src/index.ts';
import { chainText } from './chain-text.ts';
import { findingText } from './finding-text.ts';
import { term } from './terminal.ts';
import { textTable } from './text-table.ts';

/** At most so many rows a table: the rest is in the JSON. */
const MAX_ROWS = 12;

/** One trace as a person reads it. */
export function traceText(result: TraceResult): string {
  return [
    term(result.file),
    ...notices(result),
    `Main thread: ${mainThreadText(result)}`,
    longTaskText(result),
    `INP: ${isUnavailable(result.inp) ? `unavailable (${result.inp.unavailable})` : inpText(result.inp)}`,
    ...chainText(result),
    ...findingText(result.findings, result.insights),
    ...animationFrameText(result),
    ...forcedReflowText(result),
    ...(result.interactions.length === 0 ? [] : [interactionTable(result.interactions)]),
    ...(result.longTasks.tasks.length === 0 ? [] : [longTaskTable(result)]),
    ...functionTable(result),
    '',
  ].join('\n');
}

function notices({ partial, events }: TraceResult): readonly string[] {
  const dropped = Object.entries(events.dropped).filter(([, count]) => count > 0);
  return [
    ...(partial === false
      ? []
      : [
          `PARTIAL: the trace ends early (${partial.reason}) at byte ${numberText(partial.atByte)}; what follows covers what came before.`,
        ]),
    ...(dropped.length === 0
      ? []
      : [`Left out: ${dropped.map(([reason, count]) => `${numberText(count)} ${reason}`).join(', ')}.`]),
  ];
}

function mainThreadText({ mainThread }: TraceResult): string {
  if (isUnavailable(mainThread)) return `unavailable (${mainThread.unavailable})`;
  const { pid, tid, how } = mainThread;
  return `process ${String(pid)}, thread ${String(tid)} (by ${how})`;
}

function longTaskText({ longTasks }: TraceResult): string {
  const { count, totalBlockingTimeMs, longestMs } = longTasks;
  if (isUnavailable(count)) return `Long tasks: unavailable (${count.unavailable})`;
  return `Long tasks: ${numberText(count)}, blocking ${ms(totalBlockingTimeMs)} in all; longest task ${ms(longestMs)}`;
}

const inpText = ({ durationMs, type, startMs }: Interaction): string =>
  `${ms(durationMs)} (${term(type)} at ${ms(startMs)})`;

function animationFrameText({ animationFrames }: TraceResult): readonly string[] {
  const { count, over50Count } = animationFrames;
  return count === 0 ? [] : [`Long animation frames: ${numberText(over50Count)} of ${numberText(count)}`];
}

function forcedReflowText({ forcedReflows }: TraceResult): readonly string[] {
  const { count, totalMs, worst } = forcedReflows;
  const [longest] = worst;
  if (longest === undefined) return [];
  const { functionName, url, line, durationMs } = longest;
  const place = isUnavailable(line) ? '' : ` by ${nameOf(functionName)} (${term(url)}:${String(line)})`;
  return [
    `Forced reflows: ${numberText(count)}, ${ms(totalMs)} in all; the longest ${ms(durationMs)}${place}`,
  ];
}

const nameOf = (functionName: string): string => (functionName === '' ? '(anonymous)' : term(functionName));

function interactionTable(interactions: readonly Interaction[]): string {
  const slowest = interactions.toSorted((a, b) => b.durationMs - a.durationMs);
  return table(
    ['Interaction', 'at', 'duration', 'input delay', 'processing', 'presentation', 'ICP'],
    slowest.map((interaction) => [
      `${term(interaction.type)} #${String(interaction.interactionId)}`,
      ms(interaction.startMs),
      ms(interaction.durationMs),
      ms(interaction.inputDelayMs),
      ms(interaction.processingDurationMs),
      ms(interaction.presentationDelayMs),
      ms(interaction.icpMs),
    ]),
  );
}

function longTaskTable({ longTasks }: TraceResult): string {
  const longest = longTasks.tasks.toSorted((a, b) => b.durationMs - a.durationMs);
  return table(
    ['Long task', 'wall', 'CPU', 'over 50 ms'],
    longest.map(({ startMs, durationMs, cpuMs, blockingMs }) => [
      `at ${ms(startMs)}`,
      ms(durationMs),
      ms(cpuMs),
      ms(blockingMs),
    ]),
  );
}

/** Where the page's main threads spent their time, if the trace has samples of the processor. */
function functionTable({ cpuProfile }: TraceResult): readonly string[] {
  if (isUnavailable(cpuProfile) || cpuProfile.functions.length === 0) return [];
  const rows = cpuProfile.functions.map(({ functionName, url, line, selfMs, totalMs }) => [
    nameOf(functionName),
    isUnavailable(line) ? '' : `${shortened(term(url))}:${String(line)}`,
    ms(selfMs),
    ms(totalMs),
  ]);
  return [table(['Function', 'at', 'self time', 'total time'], rows)];
}

/** The end of an address tells files apart; its beginning is mostly the same. */
const shortened = (url: string): string => (url.length > URL_WIDTH ? `…${url.slice(-URL_WIDTH)}` : url);
const URL_WIDTH = 40;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const more =
    rows.length > MAX_ROWS ? `\n… and ${numberText(rows.length - MAX_ROWS)} more (--json lists all)` : '';
  return textTable(head, rows.slice(0, MAX_ROWS), ['left', 'right']) + more;
}

/** Milliseconds with the microseconds that a trace has; or why there are none. */
export const ms = (measure: Measure): string =>
  isUnavailable(measure) ? `— (${measure.unavailable})` : `${numberText(measure, 1)} ms`;
