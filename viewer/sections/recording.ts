import { isUnavailable, type Measure } from '../../src/base/measure.ts';
import type { Load } from '../../src/result/load.ts';
import type { Session } from '../../src/result/session.ts';
import { figure, plural, reason } from '../layout/format.ts';
import { runLabel } from '../layout/run-label.ts';
import { html, type Child } from '../marks/element.ts';
import { scroller } from './plain-table.ts';
import { section } from './section.ts';

/** How the figures came about, what went wrong on the way, and where the raw traces are. */
export function recordingSection(session: Session): HTMLElement {
  const bad = session.loads.some(({ problems, status }) => status !== 'valid' || problems.length > 0);
  const loads = html(
    'details',
    { open: bad },
    html('summary', {}, `All ${plural(session.loads.length, 'load')}`),
    loadTable(session.loads),
  );
  return section({ id: 'recording', title: 'How it was recorded' }, facts(session), loads, howToOpen());
}

function facts({ environment, plan, variants, createdAt, inpactVersion }: Session): HTMLElement {
  const { chrome, viewport, node, platform, cpuModel, cpuCount, chromeFlags } = environment;
  const pairs: readonly (readonly [string, string])[] = [
    ['Recorded', `${createdAt.replace('T', ' ').slice(0, 16)} UTC by INPact ${inpactVersion}`],
    ['Chrome', `${chrome}, ${viewport.width} × ${viewport.height}`],
    ['Host', `${platform}, ${plural(cpuCount, 'processor')} (${cpuModel}), Node ${node}`],
    [
      'Plan',
      `${plural(plan.runs, 'run')} per variant after ${plural(plan.warmUps, 'warm-up')}, order drawn from seed ${plan.seed}`,
    ],
    ...variants.map(
      ({ name, description, url }) =>
        [name, `${description === '' ? '' : `${description}, `}${url}`] as const,
    ),
    ['Flags', chromeFlags.join(' ')],
  ];
  const list = html('dl', { class: 'facts' });
  for (const [name, value] of pairs) list.append(html('dt', {}, name), html('dd', {}, value));
  return list;
}

const COLUMNS = ['Load', 'Variant', 'Run', 'Status', 'Host busy', 'Trace buffer', 'Files'] as const;

function loadTable(loads: readonly Load[]): HTMLElement {
  const head = html('tr', {}, ...COLUMNS.map((column) => html('th', { scope: 'col' }, column)));
  const table = html('table', { class: 'plain loads' }, html('thead', {}, head));
  table.append(html('tbody', {}, ...loads.map((load) => loadRow(load, runLabel(loads, load)))));
  return scroller('Loads', table);
}

function loadRow(load: Load, run: string): HTMLElement {
  const { integrity } = load;
  const cells: readonly (readonly Child[])[] = [
    [load.id],
    [load.variant],
    [run],
    statusContent(load),
    [share(integrity.hostBusy)],
    [share(integrity.bufferUsage), integrity.dataLossOccurred === true ? ', data lost' : ''],
    fileNames(load),
  ];
  return html('tr', { 'data-status': load.status }, ...cells.map((cell) => html('td', {}, ...cell)));
}

function fileNames({ traceFile, serverTraceFile }: Load): readonly Child[] {
  const names = [traceFile, serverTraceFile].filter((name) => name !== null);
  return names.length === 0 ? ['—'] : names.map((name) => html('div', {}, name));
}

function statusContent({ status, problems }: Load): readonly Child[] {
  const name = html('span', { class: `status status-${status}` }, status);
  if (problems.length === 0) return [name];
  return [
    name,
    html(
      'ul',
      { class: 'problems' },
      ...problems.map(({ code, message }) => html('li', {}, html('code', {}, code), ` ${message}`)),
    ),
  ];
}

const share = (value: Measure): string =>
  isUnavailable(value) ? `— (${reason(value)})` : `${figure(value * 100)} %`;

const howToOpen = (): HTMLElement =>
  html(
    'p',
    { class: 'how-to' },
    'The traces lie beside session.json. To look into one, open Chrome’s DevTools, choose Performance, then “Load profile…”; or open it in Perfetto (ui.perfetto.dev, “Open trace file”), which reads it on your machine and sends it nowhere.',
  );
