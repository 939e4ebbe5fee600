import type { Load } from '../../src/result/load.ts';
import type { Session, StepSummary, Variant } from '../../src/result/session.ts';
import type { HoverCard } from '../interactions/hover-card.ts';
import { oncePerFrame } from '../interactions/once-per-frame.ts';
import { sharedZoom, type SharedZoom } from '../interactions/shared-zoom.ts';
import { stepRuns, typicalRun, type StepRun } from '../../src/result/summary/step-runs.ts';
import { stepTimeline } from '../layout/step-timeline.ts';
import { union, type TimeSpan } from '../layout/time-span.ts';
import { trackRows } from '../layout/track-rows.ts';
import { html } from '../marks/element.ts';
import { runPicker } from './run-picker.ts';
import { runRowsTable } from './run-rows.ts';
import { timelineChart } from './timeline-chart.ts';
import { timelineText } from './timeline-text.ts';

/** All that is shown of one step. */
export interface StepStage {
  readonly nodes: readonly HTMLElement[];
  zoom(): SharedZoom | undefined;
  refresh(): void;
}

/** One variant's share of the stage: its picker stays while charts come and go. */
interface Panel {
  readonly variant: Variant;
  readonly runs: readonly StepRun[];
  readonly body: HTMLElement;
  chosen: StepRun | undefined;
}

export function stepStage(session: Session, step: StepSummary, card: HoverCard): StepStage {
  let zoom: SharedZoom | undefined;
  const panels = session.variants.map((variant) => emptyPanel(session, variant, step.name));
  const fill = (): void => {
    zoom = fillPanels(panels, card);
  };
  const refill = (): void => {
    fill();
    zoom?.refresh();
  };
  const figures = panels.map((panel) => panelFigure(panel, session.loads, refill));
  fill();
  return {
    nodes: [
      html('p', { class: 'step-description' }, step.description),
      html('div', { class: 'timelines' }, ...figures),
      runRowsTable(session, step.name),
    ].filter((node) => node !== undefined),
    zoom: () => zoom,
    refresh: () => zoom?.refresh(),
  };
}

function emptyPanel(session: Session, variant: Variant, step: string): Panel {
  const runs = stepRuns(session, variant.name, step);
  return { variant, runs, body: html('div'), chosen: typicalRun(runs) };
}

function panelFigure(panel: Panel, loads: readonly Load[], onPick: () => void): HTMLElement {
  const { variant, runs, body } = panel;
  const picker = runPicker({ variant: variant.name, loads, runs, chosen: panel.chosen }, (run) => {
    panel.chosen = run;
    onPick();
  });
  const names = html('div', {}, html('h3', {}, variant.name), html('p', {}, variant.description));
  return html(
    'figure',
    { class: 'timeline' },
    html('figcaption', {}, names, runs.length === 0 ? undefined : picker),
    body,
  );
}

/** Draws every panel's chosen run, on rows and a stretch of time that all of them share. */
function fillPanels(panels: readonly Panel[], card: HoverCard): SharedZoom | undefined {
  const drawn = panels.flatMap((panel) => {
    if (panel.chosen !== undefined) return [{ panel, timeline: stepTimeline(panel.chosen.result) }];
    panel.body.replaceChildren(html('p', { class: 'empty' }, 'No load of this variant recorded this step.'));
    return [];
  });
  if (drawn.length === 0) return undefined;
  const timelines = drawn.map(({ timeline }) => timeline);
  const rows = trackRows(timelines);
  const charts = drawn.map(({ panel, timeline }) => {
    const chart = timelineChart({ name: panel.variant.name, timeline, rows }, card);
    panel.body.replaceChildren(chart.node, ...timelineText(timeline));
    return chart;
  });
  const bounds = {
    initial: union(timelines.map(({ eventful }) => eventful)),
    limits: union(timelines.map(({ extent }) => extent)),
  };
  const draw = oncePerFrame((shown: TimeSpan) => {
    for (const chart of charts) chart.draw(shown);
  });
  const zoom = sharedZoom(bounds, draw);
  for (const { plot } of charts) zoom.attach(plot);
  return zoom;
}
