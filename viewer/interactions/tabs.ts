import { html } from '../marks/element.ts';

export interface TabList {
  readonly labels: readonly string[];
  /** What the list is of, for those who cannot see it. */
  readonly name: string;
  /** The id of the one panel that all tabs fill. */
  readonly panelId: string;
  /** The first one, if not another. */
  readonly opensOn?: number;
}

/** A tab list by the ARIA pattern: one tab stop, arrow keys move. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export function tabs(
  { labels, name, panelId, opensOn = 0 }: TabList,
  onSelect: (index: number) => void,
): HTMLElement {
  const buttons = labels.map((label, index) =>
    html(
      'button',
      { type: 'button', role: 'tab', id: `${panelId}-tab-${index}`, 'aria-controls': panelId },
      label,
    ),
  );
  const choose = (index: number): void => {
    for (const [other, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(other === index));
      button.tabIndex = other === index ? 0 : -1;
    }
    onSelect(index);
  };
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => choose(index));
    button.addEventListener('keydown', (event) => {
      const to = target(event.key, index, buttons.length);
      if (to === undefined) return;
      event.preventDefault();
      choose(to);
      buttons[to]?.focus();
    });
  }
  choose(opensOn);
  return html('div', { class: 'tabs', role: 'tablist', 'aria-label': name }, ...buttons);
}

function target(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}
