/** What keys and wheels can do with a stretch of time that is shown. */
export interface Pannable {
  scale(factor: number): void;
  pan(share: number): void;
  readonly reset: () => void;
}

type Act = (zoom: Pannable) => void;

const IN = 0.75;
const STEP = 0.12;

const KEYS: ReadonlyMap<string, Act> = new Map([
  ['ArrowLeft', (zoom) => zoom.pan(-STEP)],
  ['a', (zoom) => zoom.pan(-STEP)],
  ['ArrowRight', (zoom) => zoom.pan(STEP)],
  ['d', (zoom) => zoom.pan(STEP)],
  ['ArrowUp', (zoom) => zoom.scale(IN)],
  ['w', (zoom) => zoom.scale(IN)],
  ['+', (zoom) => zoom.scale(IN)],
  ['=', (zoom) => zoom.scale(IN)],
  ['ArrowDown', (zoom) => zoom.scale(1 / IN)],
  ['s', (zoom) => zoom.scale(1 / IN)],
  ['-', (zoom) => zoom.scale(1 / IN)],
  ['0', (zoom) => zoom.reset()],
  ['Home', (zoom) => zoom.reset()],
] satisfies readonly (readonly [string, Act])[]);

/** The keys that DevTools' Performance panel has, and the arrows. Only on a chart with the focus. */
export function panKeys(plot: HTMLElement, zoom: Pannable): void {
  plot.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key.startsWith('Arrow')))
      return;
    const act = KEYS.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (act === undefined) return;
    event.preventDefault();
    act(zoom);
  });
  plot.addEventListener(
    'wheel',
    (event) => {
      if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
      event.preventDefault();
      zoom.pan(event.deltaX / plot.clientWidth);
    },
    { passive: false },
  );
}
