import { answeredStep } from '../../src/result/words/answer.ts';
import type { Session } from '../../src/result/session.ts';
import type { HoverCard } from '../interactions/hover-card.ts';
import { tabs } from '../interactions/tabs.ts';
import { html } from '../marks/element.ts';
import { section } from './section.ts';
import { timelineLegend } from './timeline-legend.ts';
import { stepStage, type StepStage } from './step-stage.ts';
import { zoomButtons } from './zoom-buttons.ts';

const PANEL_ID = 'timeline-panel';

/** The variants' timelines of one step, side by side on one scale, with a tab for each step. */
export function timelinesSection(session: Session, card: HoverCard): HTMLElement {
  const panel = html('div', { id: PANEL_ID, role: 'tabpanel' });
  const { steps } = session.scenario;
  const answered = answeredStep(session);
  const opensOn = steps.findIndex(({ name }) => name === answered);
  // Kept, with the runs that were chosen and the place that is shown: whoever compares two steps goes to and fro.
  const stages = new Map<number, StepStage>();
  let stage: StepStage | undefined;
  const tabList = tabs(
    { labels: steps.map(({ name }) => name), name: 'Step', panelId: PANEL_ID, opensOn: Math.max(0, opensOn) },
    (index) => {
      const step = steps[index];
      if (step === undefined) return;
      card.hide();
      stage = stages.get(index) ?? stepStage(session, step, card);
      stages.set(index, stage);
      panel.setAttribute('aria-labelledby', `${PANEL_ID}-tab-${index}`);
      panel.replaceChildren(...stage.nodes);
      stage.refresh();
    },
  );
  const redraw = (): void => stage?.refresh();
  new ResizeObserver(redraw).observe(panel);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  const bar = html(
    'div',
    { class: 'timeline-bar' },
    tabList,
    zoomButtons(() => stage?.zoom()),
  );
  return section({ id: 'timelines', title: 'Where the time goes', lede: LEDE }, bar, timelineLegend(), panel);
}

const LEDE =
  'One run per variant, on one time scale that starts at the interaction. It opens on the run with the median wait.';
