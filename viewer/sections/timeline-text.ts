import { isUnavailable } from '../../src/base/measure.ts';
import { ms, msOrReason, plural } from '../layout/format.ts';
import { timelineSentence } from '../layout/sentence.ts';
import type { StepTimeline } from '../layout/step-timeline.ts';
import { html } from '../marks/element.ts';
import { plainTable } from './plain-table.ts';

/** A chart in words, and in tables for those who want the figures. */
export function timelineText(timeline: StepTimeline): readonly HTMLElement[] {
  const sentence = html('p', { class: 'chart-sentence' }, timelineSentence(timeline));
  const tables = [longTaskTable(timeline), requestTable(timeline), blockTable(timeline)];
  const summary = html('summary', {}, tableWords(timeline));
  return [sentence, html('details', {}, summary, ...tables)];
}

function tableWords({ longTasks, requests, blocks }: StepTimeline): string {
  const server = isUnavailable(blocks) ? [] : [plural(blocks.length, 'server block')];
  return [plural(longTasks.length, 'long task'), plural(requests.length, 'request'), ...server].join(', ');
}

const longTaskTable = ({ longTasks }: StepTimeline): HTMLElement | undefined =>
  plainTable(
    'Long tasks',
    ['Start', 'Wall', 'CPU', 'Blocking'],
    longTasks.map((task) => [
      ms(task.startMs),
      ms(task.durationMs),
      msOrReason(task.cpuMs),
      ms(task.blockingMs),
    ]),
  );

const requestTable = ({ requests }: StepTimeline): HTMLElement | undefined =>
  plainTable(
    'Requests',
    ['Request', 'Status', 'Sent', 'Headers', 'End'],
    requests.map((span) => [
      `${span.request.method} ${span.request.url}`,
      isUnavailable(span.request.status) ? '—' : String(span.request.status),
      ms(span.startMs),
      isUnavailable(span.request.responseStartMs) ? '—' : ms(span.responseMs),
      span.finished ? ms(span.endMs) : 'unfinished',
    ]),
  );

const blockTable = ({ blocks }: StepTimeline): HTMLElement | undefined =>
  plainTable(
    'Server’s event loop blocked',
    ['By', 'Start', 'For'],
    (isUnavailable(blocks) ? [] : blocks).map(({ name, startMs, durationMs }) => [
      name,
      ms(startMs),
      ms(durationMs),
    ]),
  );
