import { rm, statfs } from 'node:fs/promises';
import { launchBrowser } from '../../src/capture/browser/browser.ts';
import { findChrome } from '../../src/capture/browser/find-chrome.ts';
import { measureNoise } from '../../src/capture/host/machine-noise.ts';
import { InpactError, numberText } from '../../src/index.ts';
import { reasonOf, writeFileAtomically } from '../../src/node/write-file.ts';
import type { Io } from '../io.ts';
import { termText } from '../output/terminal.ts';

/** What was looked at, how it is, and what to do about it where it is not well. */
interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  readonly how: string;
  readonly remedy?: string;
}

export interface DoctorOptions {
  readonly chromePath?: string;
}

/**
 * Looks at what a recording needs: a browser that starts, a disk with room, and a machine that is idle.
 * @throws {InpactError} `capture-failed` if a recording could not be made, or not be trusted.
 */
export async function doctorCommand(options: DoctorOptions, io: Io): Promise<void> {
  const findings = [...(await examineBrowser(options, io)), await examineDisk(), ...(await examineMachine())];
  for (const { what, isWell, how, remedy } of findings) {
    const advice = isWell || remedy === undefined ? '' : `\n  ${remedy}`;
    io.stdout(`${isWell ? '✓' : '✗'} ${what}: ${termText(how)}${advice}\n`);
  }
  const ill = findings.filter(({ isWell }) => !isWell).map(({ what }) => what);
  if (ill.length === 0) return;
  throw new InpactError('capture-failed', `Recordings here cannot be trusted: ${ill.join(', ')}`);
}

async function examineBrowser({ chromePath }: DoctorOptions, io: Io): Promise<readonly Finding[]> {
  try {
    const found = await findChrome({ env: io.env, ...(chromePath === undefined ? {} : { chromePath }) });
    const open = await launchBrowser({
      chromePath: found.path,
      headless: true,
      isRoot: io.isRoot,
      report: () => undefined,
    });
    const version = await open.browser.version();
    await open.end();
    const [, major = '0'] = /\/(\d+)/.exec(version) ?? [];
    return [
      { what: 'Browser', isWell: true, how: `${version} (${found.path}, ${found.source})` },
      {
        what: 'ICP',
        isWell: Number(major) >= 151,
        how: Number(major) >= 151 ? 'this browser records it' : 'this browser does not record it',
        remedy: 'It takes Chrome 151 or newer: `inpact browser --install`.',
      },
      { what: 'Sandbox', isWell: true, how: io.isRoot ? 'off, since this is root' : 'on' },
    ];
  } catch (error) {
    if (!(error instanceof InpactError)) throw error;
    return [
      {
        what: 'Browser',
        isWell: false,
        how: error.message,
        ...(error.hint === undefined ? {} : { remedy: error.hint }),
      },
    ];
  }
}

/** A load takes a few megabytes, its profile a hundred. */
const LEAST_FREE_BYTES = 2 ** 30;

async function examineDisk(): Promise<Finding> {
  const probe = `.inpact-doctor-${String(process.pid)}`;
  try {
    await writeFileAtomically(probe, 'a file');
    await rm(probe);
    const { bavail, bsize } = await statfs('.');
    const free = bavail * bsize;
    return {
      what: 'Disk',
      isWell: free >= LEAST_FREE_BYTES,
      how: `${(free / 2 ** 30).toFixed(1)} GB free here`,
      remedy: 'Make room: a recording of a hundred loads takes some hundred megabytes.',
    };
  } catch (error) {
    if (!(error instanceof InpactError)) throw error;
    // Not the error's own words: the file that they name is none of the user's.
    const how = `this folder can't be written: ${reasonOf(error.cause)}`;
    return { what: 'Disk', isWell: false, how, remedy: 'Start INPact where you may write.' };
  }
}

const MOST_BUSY = 0.3;
const MOST_STEAL = 0.05;
const MOST_LATE_MS = 20;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

async function examineMachine(): Promise<readonly Finding[]> {
  const { busy, steal, clockDriftMs, worstLatenessMs } = await measureNoise();
  const stolen = typeof steal === 'number' ? steal : 0;
  return [
    {
      what: 'Processors',
      isWell: busy <= MOST_BUSY && stolen <= MOST_STEAL,
      how: `${percent(busy)} busy with other programs, ${percent(stolen)} given to other machines`,
      remedy: 'End what else runs here, or record on a machine that has nothing else to do.',
    },
    {
      what: 'Timers',
      isWell: worstLatenessMs <= MOST_LATE_MS,
      how: `at most ${numberText(worstLatenessMs, 1)} ms late`,
      remedy: 'The machine does not let programs run when they should: see above.',
    },
    {
      what: 'Clock',
      isWell: clockDriftMs < 5,
      how: `drifted by ${numberText(clockDriftMs, 1)} ms in a second`,
      remedy: 'Something sets the clock: let its synchronisation settle first.',
    },
  ];
}
