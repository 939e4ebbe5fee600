import type { TraceResult } from '../../src/result/trace-result.ts';
import { figure, ms } from '../layout/format.ts';
import { traceAnswer } from '../layout/trace-answer.ts';
import { html } from '../marks/element.ts';
import { answerHeader } from './answer-header.ts';

/** What a trace comes to, first of all. */
export const traceAnswerSection = (trace: TraceResult): HTMLElement =>
  answerHeader(
    { about: [trace.file, `${ms(trace.spanMs)} of trace`], ...traceAnswer(trace) },
    partialNote(trace),
  );

function partialNote({ partial }: TraceResult): HTMLElement | undefined {
  if (partial === false) return undefined;
  return html(
    'p',
    { class: 'integrity' },
    html('strong', {}, 'The trace is not whole'),
    ` (${partial.reason.replaceAll('-', ' ')} after ${figure(partial.atByte)} bytes): figures are of what could be read.`,
  );
}
