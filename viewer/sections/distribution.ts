import { isUnavailable } from '../../src/base/measure.ts';
import type { MetricName } from '../../src/result/session-summary.ts';
import type { Session } from '../../src/result/session.ts';
import { figureGroups, type FigureGroup, type FigureRow } from '../layout/figure-rows.ts';
import { metricName, ms, reason } from '../layout/format.ts';
import { niceMax } from '../layout/nice-max.ts';
import { stripScale } from '../marks/strip-scale.ts';
import { dotStrip } from '../marks/dot-strip.ts';
import { html } from '../marks/element.ts';
import { section } from './section.ts';

const SHOWN: readonly MetricName[] = ['inpMs', 'icpMs'];

/** Every run as a dot, so that a lone outlier shows and a median cannot hide two clusters. Undefined where there is none. */
export function distributionSection(session: Session): HTMLElement | undefined {
  const groups = figureGroups(session);
  const values = groups.flatMap(({ rows }) => rows.flatMap(valuesOf));
  if (values.length === 0) return undefined;
  const max = niceMax(values);
  const lede = `One dot is one run, the line is the median. All strips run from 0 to ${ms(max)}.`;
  const cards = groups.map((group) => stepStrips(group, max));
  return section(
    { id: 'distribution', title: 'Every run', lede },
    html('div', { class: 'strips' }, ...cards),
  );
}

const valuesOf = (row: FigureRow): readonly number[] =>
  SHOWN.flatMap((metric) => {
    const value = row.metrics[metric];
    return isUnavailable(value) ? [] : value.values;
  });

function stepStrips({ step, rows }: FigureGroup, max: number): HTMLElement {
  const card = html('article', { class: 'strip-card' }, html('h3', {}, step.name));
  for (const metric of SHOWN) {
    card.append(html('h4', {}, metricName(metric)), ...rows.map((row) => stripRow(row, metric, max)));
  }
  card.append(scaleRow(max));
  return card;
}

function stripRow(row: FigureRow, metric: MetricName, max: number): HTMLElement {
  const value = row.metrics[metric];
  const name = html('span', { class: 'strip-name', title: row.variant }, row.variant);
  if (isUnavailable(value))
    return html('div', { class: 'strip-row' }, name, html('span', { class: 'note' }, `— ${reason(value)}`));
  return html(
    'div',
    { class: 'strip-row' },
    name,
    dotStrip(value, { max, metric }),
    html('span', { class: 'strip-median' }, ms(value.median)),
  );
}

const scaleRow = (max: number): HTMLElement =>
  html('div', { class: 'strip-row strip-scale-row' }, html('span'), stripScale(max));
