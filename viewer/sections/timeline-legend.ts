import { html } from '../marks/element.ts';

const ENTRIES: readonly (readonly [swatch: string, words: string])[] = [
  ['interaction', 'interaction: delays as whiskers, handlers as bar'],
  ['wait', 'request waits for headers'],
  ['download', 'download'],
  ['server', 'server’s loop blocked'],
  ['task', 'task, wall time'],
  ['cpu', 'its time on the processor'],
  ['blocking', 'beyond 50 ms'],
  ['paint', 'paint'],
];

export function timelineLegend(): HTMLElement {
  const entries = ENTRIES.map(([swatch, words]) =>
    html('li', {}, html('span', { class: `swatch swatch-${swatch}`, 'aria-hidden': 'true' }), words),
  );
  return html(
    'div',
    { class: 'legend' },
    html('ul', { 'aria-label': 'Legend' }, ...entries),
    keyHelp(),
    touchHelp(),
  );
}

const touchHelp = (): HTMLElement =>
  html('p', { class: 'by-touch' }, 'One finger moves to the left and right, two zoom, a double tap resets.');

const keyHelp = (): HTMLElement =>
  html(
    'p',
    { class: 'by-keys' },
    'Drag to move, ',
    key('Ctrl'),
    ' + wheel or pinch to zoom, double click to reset. Once a chart has the focus the wheel zooms alone, ',
    key('W'),
    key('A'),
    key('S'),
    key('D'),
    ' and the arrows zoom and move, ',
    key('.'),
    key(','),
    ' go from mark to mark.',
  );

const key = (name: string): HTMLElement => html('kbd', {}, name);
