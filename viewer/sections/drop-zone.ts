import { percent } from '../layout/format.ts';
import { html } from '../marks/element.ts';

export interface DropZone {
  readonly node: HTMLElement;
  readonly showProgress: (share: number) => void;
  readonly showProblem: (message: string, hint: string) => void;
}

/** Where a trace can be dropped or chosen. Files are read on this machine: the page cannot send anything anywhere. */
export function dropZone(onFiles: (files: readonly File[]) => void): DropZone {
  const input = html('input', {
    type: 'file',
    multiple: true,
    id: 'trace-file',
    accept: '.json,.gz,.cpuprofile',
  });
  const bar = html('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Reading the trace' });
  const status = html('p', { role: 'status' });
  const node = html(
    'div',
    { class: 'drop-zone' },
    html('h1', {}, 'Open a Chrome trace'),
    html(
      'p',
      {},
      'Drop a trace here, plain or gzipped, as DevTools, Puppeteer or `inpact record` saves it; together with it the server’s own (its name holds “server”), if there is one.',
    ),
    html('label', { for: 'trace-file' }, 'Or choose it: '),
    input,
    bar,
    status,
    html('p', { class: 'note' }, 'It is read on this machine, in a worker of this page, and sent nowhere.'),
  );
  input.addEventListener('change', () => onFiles([...(input.files ?? [])]));
  acceptDrops(node, onFiles);
  return {
    node,
    showProgress(share) {
      bar.hidden = false;
      bar.value = share;
      status.className = '';
      status.textContent = `Reading: ${percent(Math.min(1, share))}`;
    },
    showProblem(message, hint) {
      bar.hidden = true;
      status.className = 'problem';
      status.textContent = `${message}. ${hint}`;
    },
  };
}

/** Anywhere on the page: else the browser would leave it, and show the file as text. */
function acceptDrops(zone: HTMLElement, onFiles: (files: readonly File[]) => void): void {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  document.addEventListener('dragleave', () => zone.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
