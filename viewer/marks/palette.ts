/** The canvas's colours, read from the style sheet so that light and dark are decided in one place. */
export interface Palette {
  readonly task: string;
  readonly cpu: string;
  readonly blocking: string;
  readonly text: string;
  readonly font: string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    task: read('--task'),
    cpu: read('--task-cpu'),
    blocking: read('--blocking'),
    text: read('--task-text'),
    font: `500 11px ${style.fontFamily}`,
  };
}
