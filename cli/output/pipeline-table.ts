import {
  isUnavailable,
  type MetricSummary,
  numberText,
  type PipelineRow,
  type Unavailable,
} from '../../src/index.ts';
import { term } from './terminal.ts';
import { textTable } from './text-table.ts';

const BOTTLENECKS = { eventLoop: 'event loop', dataFetching: 'data', rendering: 'rendering' } as const;

type Figure = MetricSummary | Unavailable;

interface Column {
  readonly title: string;
  readonly of: (row: PipelineRow) => Figure;
  readonly isOnlyWide?: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'event loop', of: ({ stages }) => stages.eventLoop.wallMs },
  { title: 'its CPU', of: ({ stages }) => stages.eventLoop.cpuMs, isOnlyWide: true },
  { title: 'data', of: ({ stages }) => stages.dataFetching.wallMs },
  { title: 'its CPU', of: ({ stages }) => stages.dataFetching.cpuMs, isOnlyWide: true },
  { title: 'rendering', of: ({ stages }) => stages.rendering.wallMs },
  { title: 'its CPU', of: ({ stages }) => stages.rendering.cpuMs, isOnlyWide: true },
  { title: 'DOM changes', of: ({ domModifications }) => domModifications, isOnlyWide: true },
  { title: 'layouts', of: ({ layoutCount }) => layoutCount, isOnlyWide: true },
  { title: 'forced', of: ({ forcedReflowCount }) => forcedReflowCount, isOnlyWide: true },
  { title: 'paint', of: ({ paintMs }) => paintMs, isOnlyWide: true },
];

/** How each step's time divides over script, data and rendering. Empty where no interaction was measured. */
export function pipelineTable(rows: readonly PipelineRow[], isWide: boolean): readonly string[] {
  const measured = rows.filter(({ runs }) => runs > 0);
  if (measured.length === 0) return [];
  const columns = COLUMNS.filter(({ isOnlyWide = false }) => isWide || !isOnlyWide);
  const table = textTable(
    ['step', 'variant', ...columns.map(({ title }) => title), 'bottleneck'],
    measured.map((row) => [
      term(row.step),
      term(row.variant),
      ...columns.map(({ of }) => cell(of(row))),
      bottleneckOf(row),
    ]),
    ['left', 'left', ...columns.map(() => 'right' as const), 'left'],
  );
  return [
    'Where the time to the result goes:',
    table,
    'Medians in ms; DOM changes, layouts and forced (style or layout by a script) are counts.',
  ];
}

const cell = (figure: Figure): string => (isUnavailable(figure) ? '—' : numberText(figure.median));

const bottleneckOf = ({ bottleneck }: PipelineRow): string =>
  isUnavailable(bottleneck) ? '—' : BOTTLENECKS[bottleneck];
