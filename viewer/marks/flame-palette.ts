import { CATEGORIES, type Category } from '../../src/tracks/category.ts';

/** The flame chart's colours, read from the style sheet so that light and dark are decided in one place. */
export interface FlamePalette {
  readonly fill: Readonly<Record<Category, string>>;
  readonly function: string;
  /** What is filtered out, or of a third party. */
  readonly faded: string;
  readonly text: string;
  readonly fadedText: string;
  readonly blocking: string;
  readonly cpu: string;
  readonly selection: string;
  readonly found: string;
  readonly paper: string;
  readonly font: string;
}

export function flamePaletteOf(element: Element): FlamePalette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const fill: Record<Category, string> = {
    task: '',
    scripting: '',
    rendering: '',
    painting: '',
    loading: '',
    garbage: '',
    other: '',
  };
  for (const category of CATEGORIES) fill[category] = read(`--c-${category}`);
  return {
    fill,
    function: read('--c-function'),
    faded: read('--c-faded'),
    text: read('--c-text'),
    fadedText: read('--c-faded-text'),
    blocking: read('--blocking'),
    cpu: read('--task-cpu'),
    selection: read('--link'),
    found: read('--found'),
    paper: read('--paper'),
    font: `11px ${style.fontFamily}`,
  };
}
