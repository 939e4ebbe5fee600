import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { startLab } from '../../fixtures/lab/start-lab.ts';
import { deadlinesOf, environmentOf } from '../../src/capture/settings/build-environment.ts';
import { observeLoads, TRACINGS } from '../../src/capture/session/observe-loads.ts';
import type { PageEnvironment } from '../../src/capture/environment/page-environment.ts';
import type { Settings } from '../../src/capture/settings/settings.ts';
import { compactTime } from '../../src/capture/session/trace-file-name.ts';
import {
  type Calibration,
  type CalibrationLoad,
  type Environment,
  InpactError,
  observerEffect,
  VERSION,
} from '../../src/index.ts';
import { writeFileAtomically } from '../../src/node/write-file.ts';
import { browserFinder } from '../browser-finder.ts';
import { withCaptureLock } from '../capture-lock.ts';
import { labScenario, SYNC_BACKED } from '../demo/lab-scenario.ts';
import type { Io } from '../io.ts';
import { calibrationText } from '../output/calibration-text.ts';
import { jsonText } from '../output/json-text.ts';
import { termText } from '../output/terminal.ts';
import type { Flags } from '../record-flags.ts';
import { RUNS } from '../runs.ts';
import { makeFolder } from '../session-folder.ts';
import { describedBrowsers } from '../session-order.ts';
import { settingsFor } from '../settings.ts';

/** Measures what recording costs the page: the lab untraced and under each preset, timed by the page itself. */
export async function calibrateCommand(flags: Flags, io: Io): Promise<void> {
  const settings = await settingsFor(flags, io);
  const environment = await environmentOf(settings, undefined);
  const createdAt = new Date();
  const folder = settings.output ?? join('inpact-results', `${compactTime(createdAt)}-calibration`);
  const { loads, plan, described, steps } = await withCaptureLock(settings, io, () =>
    observeLab(folder, environment, settings, io),
  );
  if (!loads.some(({ warmUp, problems }) => !warmUp && problems.length === 0)) {
    const [problem] = loads.flatMap(({ problems }) => problems);
    throw new InpactError(
      'capture-failed',
      `No load is fit to be judged: ${problem?.message ?? 'none was recorded'}`,
    );
  }
  const calibration: Calibration = {
    schemaVersion: 1,
    kind: 'calibration',
    inpactVersion: VERSION,
    createdAt: createdAt.toISOString(),
    environment: described,
    plan,
    loads,
    rows: observerEffect(loads, steps, TRACINGS),
  };
  const path = join(folder, 'calibration.json');
  await writeFileAtomically(path, jsonText(calibration));
  if (!settings.quiet) io.stdout(calibrationText(calibration));
  io.stdout(`${settings.quiet ? '' : 'Calibration: '}${termText(path)}\n`);
}

interface Observed extends Pick<Calibration, 'loads' | 'plan'> {
  readonly described: Environment;
  readonly steps: readonly string[];
}

async function observeLab(
  folder: string,
  environment: PageEnvironment,
  settings: Settings,
  io: Io,
): Promise<Observed> {
  const { runs = RUNS.calibrate, warmUps, seed = randomInt(2 ** 31), quiet } = settings;
  const findBrowser = await browserFinder(settings, io);
  await makeFolder(folder);
  const lab = await startLab();
  try {
    const scenario = quietSteps(labScenario(lab));
    const steps = scenario.steps.map(({ name }) => name);
    const { launch, environment: described } = describedBrowsers(findBrowser, environment);
    const load = {
      scenario,
      variant: SYNC_BACKED,
      url: `${lab.url}/?backend=sync`,
      environment,
      allowedOrigins: [],
      deadlines: deadlinesOf(settings),
    };
    const loads: CalibrationLoad[] = [];
    const total = (runs + warmUps) * TRACINGS.length;
    for await (const observed of observeLoads({
      load,
      runs,
      warmUps,
      seed,
      folder,
      launch,
      signal: io.signal,
    })) {
      loads.push(observed);
      const [problem] = observed.problems;
      const how = problem === undefined ? 'valid' : termText(problem.message);
      if (!quiet) io.stderr(`[${String(loads.length)}/${String(total)}] ${observed.tracing}: ${how}\n`);
    }
    return { loads, plan: { runs, warmUps, seed }, described: described(), steps };
  } finally {
    await lab.stop();
  }
}

/** Without those that wait for other visitors' requests: chance moves these by more than any tracing does. */
const quietSteps = (scenario: ReturnType<typeof labScenario>): ReturnType<typeof labScenario> => ({
  ...scenario,
  steps: scenario.steps.filter(({ name }) => !name.endsWith('-busy')),
});
