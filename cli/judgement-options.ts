import { Option } from '@commander-js/extra-typings';
import type { InconclusivePolicy } from './exit-code.ts';
import { parseReporters, type Reporter, REPORTERS } from './reporter.ts';

type ReporterOption = Option<'--reporter <name[=file]...>', undefined, undefined, readonly Reporter[]>;

/** In which forms a verdict is given. */
export const reporterOption = (): ReporterOption =>
  new Option(
    '--reporter <name[=file]...>',
    `outputs, several with commas between: ${REPORTERS.join(', ')} (default: text)`,
  ).argParser(parseReporters);

type InconclusiveOption = Option<
  '--on-inconclusive <code>',
  undefined,
  'report',
  undefined,
  false,
  InconclusivePolicy
>;

/** What it means to a CI job that there is none. */
export const inconclusiveOption = (): InconclusiveOption =>
  new Option('--on-inconclusive <code>', 'what it means to be uncertain: exit code 5, 0 or 1')
    .choices(['report', 'pass', 'fail'] as const)
    .default('report' as const);
