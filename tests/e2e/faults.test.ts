import { expect, test } from 'vitest';
import type { StepContext } from '../../src/capture/scenario/scenario.ts';
import type { LoadProblemCode } from '../../src/result/load-problems.ts';
import type { Load } from '../../src/result/load.ts';
import { FAULT_PAGES, faultSite, untrustedSite } from '../support/fault-site.ts';
import { recordInProcess, SHORT } from '../support/record-in-process.ts';

/** What becomes of a load: `valid`, or the code of the problem that comes first. */
type Outcome = 'valid' | LoadProblemCode;

const outcomeOf = ({ status, problems }: Load): Outcome =>
  problems[0]?.code ?? (status === 'valid' ? 'valid' : 'step-failed');

/** The rows of a matrix, printed as such. */
function show(title: string, loads: readonly Load[], expected: Readonly<Record<string, Outcome>>): void {
  const rows = loads.map((load) => {
    const outcome = outcomeOf(load);
    const isRight = outcome === expected[load.variant];
    return `${isRight ? '✓' : '✗'} ${load.variant.padEnd(28)} ${outcome.padEnd(22)} ${load.problems[0]?.message ?? ''}`;
  });
  process.stdout.write(`${title}\n${rows.join('\n')}\n`);
}

const outcomes = (loads: readonly Load[]): Readonly<Record<string, Outcome>> =>
  Object.fromEntries(loads.map((load) => [load.variant, outcomeOf(load)]));

const PAGES: Readonly<Record<string, Outcome>> = {
  good: 'valid',
  'endless-loop': 'page-hung',
  alert: 'valid',
  confirm: 'valid',
  prompt: 'valid',
  beforeunload: 'valid',
  print: 'valid',
  popup: 'valid',
  // Chrome lets a page close only what a page has opened.
  'tries-to-close-itself': 'valid',
  'goes-elsewhere': 'valid',
  'download-on-click': 'valid',
  permissions: 'valid',
  'many-elements': 'valid',
  'no-button': 'element-not-found',
  covered: 'element-covered',
  moving: 'element-moving',
  invisible: 'element-not-visible',
  'without-animation-frames': 'valid',
  'status-404': 'page-error-status',
  'status-500': 'page-error-status',
  'status-204': 'no-document',
  download: 'no-document',
  'redirect-loop': 'redirect-loop',
  'slow-body': 'navigation-timeout',
  'no-answer': 'navigation-timeout',
  reset: 'navigation-failed',
  'other-origin': 'wrong-origin',
  'lies-about-time': 'valid',
  'lies-about-promises': 'valid',
  'lies-about-json': 'valid',
  'lies-about-events': 'valid',
  'lies-about-elements': 'valid',
  'untrusted-certificate': 'certificate-error',
  'no-tls': 'certificate-error',
};

test(
  'every page that goes wrong is named, and never turned into a number',
  { timeout: 240_000 },
  async () => {
    const site = await faultSite();
    const others = {
      'untrusted-certificate': await untrustedSite(),
      'no-tls': site.replace('http:', 'https:'),
    };
    expect(Object.keys(PAGES)).toEqual([...Object.keys(FAULT_PAGES), ...Object.keys(others)]);
    const loads = await recordInProcess({
      scenario: {
        name: 'faults',
        steps: [{ name: 'go', expects: 'interaction', run: ({ user }) => user.click('#go') }],
      },
      urls: {
        ...Object.fromEntries(Object.keys(FAULT_PAGES).map((name) => [name, `${site}/${name}`])),
        ...others,
      },
    });
    show('Pages', loads, PAGES);
    const found = outcomes(loads);
    // The popup may lie before the page until it is closed: without a frame of the page's there is no interaction.
    expect(['valid', 'missing-interaction']).toContain(found['popup']);
    expect({ ...found, popup: 'valid' }).toEqual(PAGES);
    const of = (name: string): Load | undefined => loads.find(({ variant }) => variant === name);
    expect(of('alert')?.integrity.dialogs).toBe(1);
    expect(of('popup')?.integrity.popups).toBe(1);
    expect(of('download-on-click')?.integrity.downloads).toBe(1);
    // What a page says of itself makes no difference: the handler took 120 ms.
    for (const name of Object.keys(PAGES).filter((page) => page.startsWith('lies'))) {
      const [result] = of(name)?.steps ?? [];
      expect(result?.interaction, name).toMatchObject({
        processingDurationMs: expect.toSatisfy((ms: number) => ms >= 118),
      });
    }
  },
);

/** What is done to the browser while a step runs, before it is set up, or after it. */
type Moment = 'setUp' | 'prepare' | 'run' | 'cleanUp';

const BROWSER: Readonly<Record<string, Outcome>> = {
  'kill at run, warm-up': 'browser-failed',
  'renderer at prepare, warm-up': 'page-crashed',
  'good before': 'valid',
  'kill at setUp': 'browser-failed',
  'kill at prepare': 'browser-failed',
  'kill at run': 'browser-failed',
  'kill at cleanUp': 'browser-failed',
  'stop at setUp': 'browser-hung',
  'stop at run': 'browser-hung',
  'stop at cleanUp': 'browser-hung',
  'renderer at prepare': 'page-crashed',
  'renderer at run': 'page-crashed',
  'close at run': 'page-closed',
  'gpu at run': 'valid',
  'memory at run': 'page-crashed',
  'good after': 'valid',
};

const at =
  (moment: Moment) =>
  async (context: Pick<StepContext, 'page' | 'variant'>): Promise<void> => {
    const [what, , when] = context.variant.split(/,? /);
    if (when === moment) await hurt(context, what ?? '');
  };

test(
  'a browser that dies or hangs, at any moment, costs its own load and no other',
  { timeout: 240_000 },
  async () => {
    const site = await faultSite();
    const started: number[] = [];
    const loads = await recordInProcess({
      scenario: {
        name: 'faults',
        setUp: at('setUp'),
        steps: [
          {
            name: 'go',
            expects: 'interaction',
            prepare: at('prepare'),
            async run(context) {
              await context.user.click('#go');
              await at('run')(context);
            },
            cleanUp: at('cleanUp'),
          },
        ],
      },
      urls: Object.fromEntries(Object.keys(BROWSER).map((name) => [name, `${site}/good`])),
      change: {
        plan: Object.keys(BROWSER).map((variant, round) => ({
          variant,
          round,
          warmUp: variant.endsWith('warm-up'),
        })),
      },
      launched: ({ browser }) => started.push(browser.process()?.pid ?? 0),
    });
    show('Browser', loads, BROWSER);
    expect(outcomes(loads)).toEqual(BROWSER);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
  },
);

test('a set-up without end costs its load; a host that nobody knows ends the session', async () => {
  const done: Load[] = [];
  const recording = recordInProcess({
    scenario: {
      name: 'faults',
      async setUp({ variant }) {
        if (variant === 'set-up') await new Promise(() => undefined);
      },
      steps: [{ name: 'go', expects: 'interaction', run: ({ user }) => user.click('#go') }],
    },
    // RFC 6761: a name that no server may ever know.
    urls: { 'set-up': await faultSite(), host: 'http://nobody.invalid/' },
    change: {
      deadlines: { ...SHORT, stepMs: 1_000 },
      onProgress: (progress) => {
        if (progress.kind === 'load-done') done.push(progress.load);
      },
    },
  });
  await expect(recording).rejects.toMatchObject({
    code: 'server-unreachable',
    message: expect.stringContaining('ERR_NAME_NOT_RESOLVED'),
    hint: expect.stringContaining('how the host is spelled'),
  });
  show('Before the page', done, { 'set-up': 'step-timeout' });
  expect(outcomes(done)).toEqual({ 'set-up': 'step-timeout' });
});

async function hurt({ page }: Pick<StepContext, 'page'>, what: string): Promise<void> {
  const pid = page.browser().process()?.pid ?? 0;
  switch (what) {
    case 'kill':
      process.kill(pid, 'SIGKILL');
      return;
    case 'stop':
      process.kill(pid, 'SIGSTOP');
      return;
    case 'close':
      return page.close();
    case 'renderer':
      return killProcesses(page, 'renderer');
    case 'gpu':
      return killProcesses(page, 'GPU');
    default:
      // As Chrome does it to itself when there is no memory left.
      await page.goto('chrome://memory-exhaust').catch(() => undefined);
  }
}

async function killProcesses(page: StepContext['page'], type: string): Promise<void> {
  const session = await page.browser().target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  for (const { id, type: its } of processInfo) if (its === type) process.kill(id, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
