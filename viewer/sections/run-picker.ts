import { icpOf, inpOf, typicalRun, type StepRun } from '../../src/result/summary/step-runs.ts';
import { ms } from '../layout/format.ts';
import { html } from '../marks/element.ts';

export interface RunChoice {
  readonly variant: string;
  readonly runs: readonly StepRun[];
  readonly chosen: StepRun | undefined;
}

export function runPicker({ variant, runs, chosen }: RunChoice, onPick: (run: StepRun) => void): HTMLElement {
  const typical = typicalRun(runs);
  const options = runs.map((run, index) =>
    html('option', { value: index, selected: run === chosen }, runWords(run, run === typical)),
  );
  const select = html('select', { 'aria-label': `Run of ${variant}` }, ...options);
  select.addEventListener('change', () => {
    const run = runs[select.selectedIndex];
    if (run !== undefined) onPick(run);
  });
  return select;
}

function runWords(run: StepRun, isTypical: boolean): string {
  const { load } = run;
  const name = load.warmUp ? 'Warm-up' : `Run ${load.round}`;
  const waited = icpOf(run) ?? inpOf(run);
  const figures = waited === undefined ? 'nothing measured' : ms(waited);
  const status = load.status === 'valid' ? '' : `, ${load.status}`;
  return `${name}: ${figures}${isTypical ? ', a middle run' : ''}${status}`;
}
