import type { Card } from '../layout/cards.ts';
import { cardAt, type Chart } from '../layout/hit.ts';
import { notableMarks } from '../layout/notable-marks.ts';
import { html } from '../marks/element.ts';
import type { HoverCard } from './hover-card.ts';

/** Shows the card of the mark under the pointer, and by `.` and `,` of the next and the previous mark. */
export function pointAtMarks(plot: HTMLElement, chart: () => Chart, card: HoverCard): void {
  const point = (event: PointerEvent): void => {
    const { left, top } = plot.getBoundingClientRect();
    const found = cardAt(chart(), { x: event.clientX - left, y: event.clientY - top });
    plot.classList.toggle('on-mark', found !== undefined);
    if (found === undefined) card.hide();
    else card.show(found, event);
  };
  plot.addEventListener('pointermove', point);
  plot.addEventListener('pointerdown', point);
  plot.addEventListener('pointerleave', () => card.hide());
  plot.addEventListener('blur', () => card.hide());
  stepThroughMarks(plot, chart, card);
}

function stepThroughMarks(plot: HTMLElement, chart: () => Chart, card: HoverCard): void {
  const spoken = html('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  plot.after(spoken);
  let current = -1;
  plot.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') card.hide();
    if (key !== '.' && key !== ',') return;
    const { timeline, rows, x } = chart();
    const marks = notableMarks(timeline, rows);
    current = Math.min(Math.max(current + (key === '.' ? 1 : -1), 0), marks.length - 1);
    const mark = marks[current];
    if (mark === undefined) return;
    const { left, top } = plot.getBoundingClientRect();
    const markX = Math.min(Math.max(x(mark.startMs), 0), plot.clientWidth);
    card.show(mark.card, { clientX: left + markX, clientY: top + mark.row.y + mark.row.height });
    spoken.textContent = words(mark.card);
  });
}

const words = ({ title, facts, note = '' }: Card): string =>
  [title, ...facts.map(([name, value]) => `${name}: ${value}`), note].join('. ');
