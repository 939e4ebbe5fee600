import type { TraceResult } from '../../src/result/trace-result.ts';
import { figure, ms } from '../layout/format.ts';
import { traceAnswer } from '../layout/trace-answer.ts';
import { html } from '../marks/element.ts';
import { whatToDo } from './what-to-do.ts';

/** What a trace comes to, first of all. */
export function traceAnswerSection(trace: TraceResult): HTMLElement {
  const { headline, sentences, next } = traceAnswer(trace);
  return html(
    'header',
    { class: 'answer' },
    html(
      'p',
      { class: 'masthead' },
      html('strong', {}, 'INPact'),
      html('span', {}, trace.file),
      html('span', {}, `${ms(trace.spanMs)} of trace`),
    ),
    html('h1', {}, headline),
    ...sentences.map((sentence) => html('p', { class: 'answer-sentence' }, sentence)),
    whatToDo(next),
    partialNote(trace),
  );
}

function partialNote({ partial }: TraceResult): HTMLElement | undefined {
  if (partial === false) return undefined;
  return html(
    'p',
    { class: 'integrity' },
    html('strong', {}, 'The trace is not whole'),
    ` (${partial.reason.replaceAll('-', ' ')} after ${figure(partial.atByte)} bytes): figures are of what could be read.`,
  );
}
