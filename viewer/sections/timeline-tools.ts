import { CATEGORIES, type Category } from '../../src/tracks/category.ts';
import type { FlameFilter } from '../layout/flame-styles.ts';
import { figure } from '../layout/format.ts';
import { CATEGORY_NAMES } from '../layout/span-card.ts';
import { html } from '../marks/element.ts';

export interface ToolActions {
  readonly search: (text: string) => void;
  /** To the next thing that was found, or the one before. */
  readonly step: (by: 1 | -1) => void;
  readonly filter: (filter: FlameFilter) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly reset: () => void;
  readonly copyText: () => void;
  readonly copyLink: () => void;
  readonly save: (kind: 'png' | 'svg') => void;
}

export interface TimelineTools {
  readonly nodes: readonly HTMLElement[];
  readonly showFound: (current: number, count: number) => void;
  readonly focusSearch: () => void;
}

const LEAST_MS: readonly number[] = [0, 0.1, 1, 10, 50];

/** Search, filters and buttons above a timeline. */
export function timelineTools(actions: ToolActions): TimelineTools {
  const input = html('input', {
    type: 'search',
    placeholder: 'Find by name or script',
    'aria-label': 'Find on the timeline',
  });
  const count = html('output', { class: 'found-count', 'aria-live': 'polite' });
  input.addEventListener('input', () => actions.search(input.value));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') actions.step(event.shiftKey ? -1 : 1);
    if (event.key !== 'Escape') return;
    input.value = '';
    actions.search('');
  });
  const find = html(
    'div',
    { class: 'tool-group', role: 'search' },
    input,
    button('‹', 'The one before', () => actions.step(-1)),
    button('›', 'The next one', () => actions.step(1)),
    count,
  );
  const buttons = html(
    'div',
    { class: 'tool-group', role: 'group', 'aria-label': 'Zoom and share' },
    button('−', 'Zoom out', () => actions.zoom(1.6)),
    button('+', 'Zoom in', () => actions.zoom(1 / 1.6)),
    button('Fit', 'Fit the view to what is selected', actions.fit),
    button('All', 'All of the trace', actions.reset),
    button('Copy', 'Copy the details as text', actions.copyText),
    button('Link', 'Link to what is shown: copy it', actions.copyLink),
    button('PNG', 'PNG of the timeline: save it', () => actions.save('png')),
    button('SVG', 'SVG of the timeline: save it', () => actions.save('svg')),
  );
  return {
    nodes: [html('div', { class: 'timeline-tools' }, find, buttons), filters(actions.filter)],
    showFound(current, found) {
      const nothing = input.value.trim() === '' ? '' : 'none';
      count.textContent = found === 0 ? nothing : `${figure(current + 1)} of ${figure(found)}`;
    },
    focusSearch: () => input.focus(),
  };
}

function button(text: string, label: string, act: () => void): HTMLElement {
  const node = html('button', { type: 'button', 'aria-label': label, title: label }, text);
  node.addEventListener('click', act);
  return node;
}

/** The legend, whose entries can be switched off. */
function filters(onChange: (filter: FlameFilter) => void): HTMLElement {
  const boxes = CATEGORIES.map((category) => checkbox(category));
  const thirdParties = html('input', { type: 'checkbox', checked: true });
  const least = html(
    'select',
    {},
    ...LEAST_MS.map((ms) =>
      html('option', { value: ms }, ms === 0 ? 'any length' : `${String(ms)} ms or more`),
    ),
  );
  const tell = (): void =>
    onChange({
      leastMs: Number(least.value),
      hidden: new Set(boxes.filter(({ input }) => !input.checked).map(({ category }) => category)),
      fadesThirdParties: thirdParties.checked,
    });
  const node = html(
    'fieldset',
    { class: 'filters' },
    html('legend', { class: 'visually-hidden' }, 'What is shown in full colour'),
    ...boxes.map(({ label }) => label),
    html('label', {}, thirdParties, 'third parties faded'),
    html('label', {}, 'spans of ', least),
  );
  node.addEventListener('change', tell);
  return node;
}

interface CategoryBox {
  readonly category: Category;
  readonly input: HTMLInputElement;
  readonly label: HTMLElement;
}

function checkbox(category: Category): CategoryBox {
  const input = html('input', { type: 'checkbox', checked: true });
  const swatch = html('span', { class: `dot dot-${category}`, 'aria-hidden': 'true' });
  return { category, input, label: html('label', {}, input, swatch, CATEGORY_NAMES[category]) };
}
