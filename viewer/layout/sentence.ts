import { isUnavailable } from '../../src/base/measure.ts';
import { CHAIN_ENDS } from './chain-words.ts';
import { wasWaiting } from './figure-rows.ts';
import { ms, plural, reason } from './format.ts';
import type { StepTimeline } from './step-timeline.ts';

/** What a chart shows, in words. */
export function timelineSentence(timeline: StepTimeline): string {
  return [interactionPart(timeline), mainThreadPart(timeline), serverPart(timeline)]
    .filter((part) => part !== '')
    .join(' ');
}

function interactionPart({ interaction }: StepTimeline): string {
  if (isUnavailable(interaction)) return `No interaction to show: ${reason(interaction)}.`;
  const { type, durationMs, inputDelayMs, processingDurationMs, presentationDelayMs, icpMs, icpSource } =
    interaction;
  const parts = `${ms(inputDelayMs)} input delay, ${ms(processingDurationMs)} processing, ${ms(presentationDelayMs)} presentation delay`;
  const { until } = CHAIN_ENDS[isUnavailable(icpSource) ? 'contentful-paint' : icpSource];
  const result = isUnavailable(icpMs)
    ? `when its result was painted is not known (${reason(icpMs)})`
    : `${until} ${ms(icpMs)} after the input`;
  return `The ${type} took ${ms(durationMs)} to the next paint (${parts}), and ${result}.`;
}

function mainThreadPart({ longTasks }: StepTimeline): string {
  const longest = longTasks.toSorted((a, b) => b.durationMs - a.durationMs)[0];
  if (longest === undefined) return 'The main thread had no long task.';
  const { durationMs, cpuMs } = longest;
  const count = `The main thread had ${plural(longTasks.length, 'long task')}`;
  const most = `${count}${longTasks.length === 1 ? ' of' : ', the longest of'} ${ms(durationMs)}`;
  if (isUnavailable(cpuMs)) return `${most}.`;
  const verdict = wasWaiting(durationMs, cpuMs) ? 'it was waiting, not working' : 'it was working';
  return `${most}, ${ms(cpuMs)} of that on the processor: ${verdict}.`;
}

function serverPart({ blocks, blockedMs, starvedMs }: StepTimeline): string {
  if (isUnavailable(blocks) || blockedMs === undefined) return '';
  if (blockedMs === 0) return 'The server’s event loop was free while the request waited.';
  if (starvedMs === 0)
    return `The server’s event loop was blocked for ${ms(blockedMs)} while the request waited.`;
  const whole = starvedMs >= blockedMs ? 'and' : `and for ${ms(starvedMs)} of that`;
  return `The server’s event loop did not turn for ${ms(blockedMs)} while the request waited, ${whole} nothing of its own was seen to hold it. Other programs, or in Python other threads, may have had what it needs to run.`;
}
