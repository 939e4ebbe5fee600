export interface TimelineKeyActions {
  readonly fit: () => void;
  readonly search: () => void;
  readonly clear: () => void;
  readonly interaction: (by: 1 | -1) => void;
  readonly neighbour: (direction: 'left' | 'right' | 'up' | 'down') => void;
}

const DIRECTIONS: ReadonlyMap<string, 'left' | 'right' | 'up' | 'down'> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/** What the keys do beside moving and zooming. Only while the plot itself has the focus, so that buttons in it keep theirs. */
export function timelineKeys(plot: HTMLElement, actions: TimelineKeyActions): void {
  const keys: ReadonlyMap<string, () => void> = new Map([
    ['f', actions.fit],
    ['/', actions.search],
    ['Escape', actions.clear],
    ['.', () => actions.interaction(1)],
    [',', () => actions.interaction(-1)],
  ]);
  plot.addEventListener('keydown', (event) => {
    if (event.target !== plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = event.shiftKey ? DIRECTIONS.get(event.key) : undefined;
    const act =
      direction === undefined
        ? keys.get(event.key.length === 1 ? event.key.toLowerCase() : event.key)
        : undefined;
    if (direction === undefined && act === undefined) return;
    event.preventDefault();
    if (direction !== undefined) actions.neighbour(direction);
    act?.();
  });
}
