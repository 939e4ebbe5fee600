import type { SharedZoom } from '../interactions/shared-zoom.ts';
import { html } from '../marks/element.ts';

export function zoomButtons(zoom: () => SharedZoom | undefined): HTMLElement {
  const button = (label: string, text: string, act: (shared: SharedZoom) => void): HTMLElement => {
    const node = html('button', { type: 'button', 'aria-label': label, title: label }, text);
    node.addEventListener('click', () => {
      const shared = zoom();
      if (shared !== undefined) act(shared);
    });
    return node;
  };
  return html(
    'div',
    { class: 'zoom-buttons', role: 'group', 'aria-label': 'Zoom' },
    button('Zoom out', '−', (shared) => shared.scale(1.6)),
    button('Zoom in', '+', (shared) => shared.scale(1 / 1.6)),
    button('Show the whole interaction', 'Reset', (shared) => shared.reset()),
  );
}
