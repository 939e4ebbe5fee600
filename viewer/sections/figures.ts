import type { MetricName } from '../../src/result/session-summary.ts';
import type { Session } from '../../src/result/session.ts';
import { figureGroups, type FigureGroup, type FigureRow } from '../layout/figure-rows.ts';
import { metricName } from '../layout/format.ts';
import { html } from '../marks/element.ts';
import { figureCell } from './figure-cell.ts';
import { scroller } from './plain-table.ts';
import { section } from './section.ts';

interface Column {
  readonly metric: MetricName;
  readonly explained: string;
}

const COLUMNS: readonly Column[] = [
  { metric: 'inpMs', explained: 'input to next paint' },
  { metric: 'icpMs', explained: 'input to result painted' },
  { metric: 'longTaskCount', explained: 'over 50 ms' },
  { metric: 'totalBlockingTimeMs', explained: 'their parts over 50 ms' },
  { metric: 'longestTaskMs', explained: 'wall time' },
  { metric: 'longestTaskCpuMs', explained: 'of it on the processor' },
  { metric: 'loopBlockedMs', explained: 'during the request' },
];

const PARTS: readonly Column[] = [
  { metric: 'inputDelayMs', explained: 'until the handlers start' },
  { metric: 'processingDurationMs', explained: 'the handlers run' },
  { metric: 'presentationDelayMs', explained: 'until the frame is shown' },
  { metric: 'interactionCpuMs', explained: 'input to next paint' },
  { metric: 'serverWaitMs', explained: 'queue and work, by the server' },
];

/** What every step cost in every variant. */
export function figuresSection(session: Session): HTMLElement {
  const groups = figureGroups(session);
  const parts = html(
    'details',
    {},
    html('summary', {}, 'The parts of INP, processor and server'),
    figureTable(groups, PARTS, 'Parts of INP, processor and server'),
  );
  return section(
    { id: 'figures', title: 'What each step costs', lede: LEDE },
    figureTable(groups, COLUMNS, 'Figures by step and variant'),
    parts,
  );
}

const LEDE =
  'Medians over the runs, in milliseconds, with the lowest and the highest run beneath. INP up to 200 ms is good, over 500 ms is poor.';

function figureTable(groups: readonly FigureGroup[], columns: readonly Column[], name: string): HTMLElement {
  const heads = columns.map(({ metric, explained }) =>
    html('th', { scope: 'col' }, metricName(metric), html('span', { class: 'note' }, explained)),
  );
  const head = html(
    'tr',
    {},
    html('th', { scope: 'col' }, 'Variant'),
    ...heads,
    html('th', { scope: 'col' }, 'Runs'),
  );
  const table = html('table', { class: 'figures' }, html('thead', {}, head));
  table.append(...groups.map((group) => groupBody(group, columns)));
  return scroller(name, table);
}

function groupBody({ step, rows }: FigureGroup, columns: readonly Column[]): HTMLElement {
  // A step that nobody has described is described by its name.
  const described = step.description === step.name ? [] : [html('span', { class: 'note' }, step.description)];
  const heading = html(
    'th',
    { scope: 'rowgroup', colspan: columns.length + 2 },
    html('span', { class: 'step-name' }, step.name, ...described),
  );
  return html(
    'tbody',
    {},
    html('tr', { class: 'step' }, heading),
    ...rows.map((row) => figureRow(row, columns)),
  );
}

function figureRow(row: FigureRow, columns: readonly Column[]): HTMLElement {
  const cells = columns.map(({ metric }) => figureCell(row, metric));
  const runs = html('td', { class: 'runs' }, String(row.runs));
  return html('tr', {}, html('th', { scope: 'row' }, row.variant), ...cells, runs);
}
