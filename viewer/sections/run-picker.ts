import { icpOf, inpOf, typicalRun, type StepRun } from '../../src/result/summary/step-runs.ts';
import type { Load } from '../../src/result/load.ts';
import { ms } from '../layout/format.ts';
import { runName } from '../layout/run-label.ts';
import { html } from '../marks/element.ts';

export interface RunChoice {
  readonly variant: string;
  /** Of all variants. */
  readonly loads: readonly Load[];
  readonly runs: readonly StepRun[];
  readonly chosen: StepRun | undefined;
}

export function runPicker(
  { variant, loads, runs, chosen }: RunChoice,
  onPick: (run: StepRun) => void,
): HTMLElement {
  const typical = typicalRun(runs);
  const options = runs.map((run, index) =>
    html(
      'option',
      { value: index, selected: run === chosen },
      runWords(run, runName(loads, run.load), run === typical),
    ),
  );
  const select = html('select', { 'aria-label': `Run of ${variant}` }, ...options);
  select.addEventListener('change', () => {
    const run = runs[select.selectedIndex];
    if (run !== undefined) onPick(run);
  });
  return select;
}

function runWords(run: StepRun, name: string, isTypical: boolean): string {
  const { load } = run;
  const waited = icpOf(run) ?? inpOf(run);
  const figures = waited === undefined ? 'nothing measured' : ms(waited);
  const status = load.status === 'valid' ? '' : `, ${load.status}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${figures}${isTypical ? ', a middle run' : ''}${status}`;
}
