import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InpactError } from '../../src/index.ts';
import { writeFileAtomically } from '../../src/node/write-file.ts';
import type { Io } from '../io.ts';

const CONFIG = 'inpact.config.mjs';
const SCENARIO = 'inpact.scenario.mjs';
const WORKFLOW = '.github/workflows/inpact.yml';

/** Writes a configuration, a scenario and a workflow to begin with, each explained by its comments. */
export async function initCommand(io: Io): Promise<void> {
  const files = [
    [CONFIG, CONFIG_TEXT],
    [SCENARIO, SCENARIO_TEXT],
    [WORKFLOW, WORKFLOW_TEXT],
  ] as const;
  const there = files.filter(([path]) => existsSync(path)).map(([path]) => path);
  if (there.length > 0) {
    throw new InpactError('bad-usage', `There is already ${there.join(' and ')}`, {
      hint: 'Remove it first, or change it by hand: docs/configuration.md lists every setting.',
    });
  }
  for (const [path, text] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomically(path, text);
    io.stdout(`${path}\n`);
  }
  io.stderr('Change address and selectors, then run `npx inpact record`.\n');
}

const CONFIG_TEXT = `// Settings of INPact. Flags and INPACT_ variables win over them; docs/configuration.md lists every one.

export default {
  url: 'http://localhost:3000/',
  scenario: '${SCENARIO}',
  // Started first, and stopped in the end. Leave it out if your page is served already.
  startServer: 'npm start',
  // Loads that count. More make smaller differences visible.
  runs: 10,
  // As slow as an ordinary phone; this machine is measured first.
  // cpuThrottle: 'mid-tier-mobile',
  // network: 'Slow 4G',
};
`;

// As lines: it is text, and no import of this module.
const SCENARIO_TEXT: string = [
  '// What is done to the page. Each step is measured on its own; docs/scenarios.md has all kinds.',
  "import { click, defineScenario, type } from 'inpact/scenario';",
  '',
  'export default defineScenario({',
  "  name: 'search',",
  '  steps: [',
  "    type('#query', 'shoes', { name: 'query' }),",
  '    // The load is invalid without a paint of the result.',
  "    click('#search', { name: 'search', expects: 'paint', until: '#results li' }),",
  '  ],',
  '});',
  '',
].join('\n');

const WORKFLOW_TEXT = `# Records the scenario of inpact.config.mjs for every pull request, and keeps the report.
name: INPact
on: pull_request
permissions:
  contents: read
jobs:
  record:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm ci
      - run: npx inpact doctor
      # Exit code 4: the capture failed or is invalid, which says nothing about the page. See docs/error-codes.md.
      - run: npx inpact record --output inpact-results/pull-request
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: inpact
          path: inpact-results
`;
