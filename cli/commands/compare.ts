import { join } from 'node:path';
import { serverTraceAt } from '../../src/capture/server/server-trace-source.ts';
import type { Settings } from '../../src/capture/settings/settings.ts';
import { type Comparison, InpactError, isUnavailable } from '../../src/index.ts';
import { withCheckouts } from '../compare/checkouts.ts';
import { compareRecorded } from '../compare/compare-recorded.ts';
import {
  type CompareFlags,
  type DividedFlags,
  flagsForRecorded,
  PAIR_DEFAULTS,
  splitFlags,
} from '../compare/flags.ts';
import { type Addresses, recordPairs } from '../compare/record-pairs.ts';
import { saveCompared } from '../compare/save-compared.ts';
import { compareSettingsOf } from '../compare/settings-of.ts';
import type { Outcome } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { reportSizeText } from '../output/report-size.ts';
import { termLines, termText } from '../output/terminal.ts';
import type { Flags } from '../record-flags.ts';
import { withOwnServer } from '../own-server.ts';
import { reportJudgement } from '../report-judgement.ts';
import { refuseRecorded, saveComparison } from '../session-folder.ts';
import { settingsFor } from '../settings.ts';
import { sourceMapsIn } from '../source-maps-at.ts';
import { whatToDo } from '../what-to-do.ts';

/** Compares two versions of a page: recorded now in pairs, or recorded before. */
export async function compareCommand(
  base: string | undefined,
  changed: string | undefined,
  given: Flags,
  io: Io,
): Promise<Outcome> {
  const flags = splitFlags(given);
  const { own } = flags;
  const comparison = await compare(base, changed, flags, io);
  await reportJudgement(comparison, own.reporter, io);
  refuseNothing(comparison);
  return { kind: 'judged', verdict: comparison.verdict, onInconclusive: own.onInconclusive };
}

async function compare(
  base: string | undefined,
  changed: string | undefined,
  flags: DividedFlags,
  io: Io,
): Promise<Comparison> {
  const { own, recording } = flags;
  if (own.base !== undefined) {
    if (base !== undefined) throw notBeside('Two versions to compare', '--base');
    refuseBeside(own, ['session'], '--base');
    const settings = await settingsFor(recording, io, PAIR_DEFAULTS);
    const order = { ref: own.base, build: own.build, page: own.url ?? 'http://localhost:{port}/', settings };
    // Whoever may build has the machine already.
    const left = { ...settings, captureLock: false };
    return withCheckouts(order, io, (addresses) => recorded(addresses, left, own, io));
  }
  if (base === undefined || changed === undefined) throw twoAreNeeded();
  if (isAddress(base) && isAddress(changed)) {
    refuseBeside(own, ['session', 'build', 'url'], 'two addresses');
    const settings = await settingsFor(recording, io, PAIR_DEFAULTS);
    return withOwnServer(settings, io, (left) => recorded({ base, changed }, left, own, io));
  }
  return recordedBefore(base, changed, flags, io);
}

/** What would be ignored is refused. */
function refuseBeside(
  own: CompareFlags,
  names: readonly ('session' | 'build' | 'url')[],
  what: string,
): void {
  const name = names.find((candidate) => own[candidate] !== undefined);
  if (name !== undefined) throw notBeside(`--${name}`, what);
}

const notBeside = (one: string, other: string): InpactError =>
  new InpactError('bad-usage', `${one} and ${other} name different comparisons`, {
    hint: 'Give one of them. `inpact compare --help` says what goes with which.',
  });

/** Its figures go to whoever asked; with a folder named, they are kept there with a report. */
async function recordedBefore(
  base: string,
  changed: string,
  { own, given }: DividedFlags,
  io: Io,
): Promise<Comparison> {
  const { output, maxReportSize, quiet } = flagsForRecorded(given);
  if (output !== undefined) await refuseRecorded(output);
  const sourceMaps = await sourceMapsIn(own.sourceMaps);
  const settings = compareSettingsOf(own);
  const compared = await compareRecorded({ base, changed, session: own.session, settings, sourceMaps });
  if (output !== undefined) {
    const saved = await saveCompared(compared, { folder: output, sourceMaps, maxReportSize });
    if (!quiet) io.stderr(`${termLines(reportSizeText(saved))}\nReport: ${termText(saved.path)}.\n`);
  }
  return compared.comparison;
}

async function recorded(
  addresses: Addresses,
  settings: Settings,
  own: CompareFlags,
  io: Io,
): Promise<Comparison> {
  const { scenario, size } = await whatToDo(settings);
  const { serverTrace } = settings;
  const { comparison, folder } = await recordPairs(
    {
      addresses,
      scenario,
      settings,
      compare: compareSettingsOf(own),
      sourceMaps: own.sourceMaps,
      ...(size === undefined ? {} : { size }),
      ...(own.resume === undefined ? {} : { resume: own.resume }),
      ...(serverTrace === undefined ? {} : { server: serverTraceAt(serverTrace) }),
    },
    io,
  );
  const file = await saveComparison(folder, comparison);
  if (!settings.quiet)
    io.stderr(`Comparison: ${termText(file)}. Report: ${termText(join(folder, 'report.html'))}.\n`);
  return comparison;
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const twoAreNeeded = (): InpactError =>
  new InpactError('bad-usage', 'It takes two versions to compare', {
    hint: 'Give two web addresses, two folders of sessions, two variants with --session, or --base <git-ref>.',
  });

/** @throws {InpactError} `capture-failed` if not one pair was fit: then there is no comparison at all. */
function refuseNothing({ metrics, failures, base, changed, notes }: Comparison): void {
  const isEmpty = metrics.every(({ pairs }) =>
    pairs.every((pair) => isUnavailable(pair.base) || isUnavailable(pair.changed)),
  );
  if (failures.finding === 'fails-more' || !isEmpty) return;
  throw new InpactError(
    'capture-failed',
    `No pair of loads of ${base.name} and ${changed.name} is fit to be compared`,
    { hint: [`${failures.sentence}; session.json says why.`, ...notes].join(' ') },
  );
}
