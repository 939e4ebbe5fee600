import { scenarioOf } from '../src/capture/scenario/action-steps.ts';
import { loadScenario } from '../src/capture/scenario/load-scenario.ts';
import { viewportOf } from '../src/capture/scenario/recorder-flow.ts';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError } from '../src/index.ts';

export interface WhatToDo {
  readonly scenario: Scenario;
  /** The window that it was made for. */
  readonly size?: string | undefined;
}

type ScenarioSettings = Pick<Settings, 'scenario' | 'actions'>;
type WhatSettings = ScenarioSettings & Pick<Settings, 'auto' | 'interactive'>;

/** The scenario that the settings name, or make of actions. What is found out while recording is none: it is another each time. */
export async function whatToDo({
  scenario: path,
  actions,
  auto,
  interactive,
}: WhatSettings): Promise<WhatToDo> {
  if (auto || interactive) {
    const flag = auto ? '--auto' : '--interactive';
    throw new InpactError('bad-usage', `${flag} is for \`inpact record\` alone`, {
      hint: 'What is compared must be the same each time: give --scenario, or --click, --type and --press.',
    });
  }
  if (path !== undefined && actions.length > 0) {
    throw new InpactError('bad-usage', 'There is a scenario, and actions beside it', {
      hint: 'Give --scenario, or --click, --type and --press.',
    });
  }
  if (actions.length > 0) return { scenario: scenarioOf(actions) };
  if (path !== undefined) {
    const size = path.endsWith('.json') ? await viewportOf(path) : undefined;
    return { scenario: await loadScenario(path), size };
  }
  throw new InpactError('bad-usage', 'It is not said what to do on the page', {
    hint: 'Give --scenario <file>, or --click <selector>, --type <selector>=<text> and --press <key>; or --auto.',
  });
}

/** @throws {InpactError} `bad-usage` if it is said in two ways what to do. */
export function refuseScenario({ scenario, actions }: ScenarioSettings, flag: string): void {
  if (scenario === undefined && actions.length === 0) return;
  throw new InpactError('bad-usage', `There is ${flag}, and what to do beside it`, {
    hint: `Give ${flag}, or a scenario, or actions.`,
  });
}
