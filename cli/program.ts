import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { VERSION } from '../src/index.ts';
import type { Outcome } from './exit-code.ts';
import type { Io } from './io.ts';
import { termLines } from './output/terminal.ts';
import { addCompareFlags, addPairFlags } from './compare/flags.ts';
import { inconclusiveOption, reporterOption } from './judgement-options.ts';
import { addCalibrationFlags, addCommonFlags, addPageFlags, wholeFrom } from './record-flags.ts';
import { RUNS } from './runs.ts';
import { maxReportSize } from './report-size-flag.ts';

const AUTHORS_NAMES =
  'show files, lines and names as the author wrote them: by the .map files in a folder, or, of a trace, by those that it holds';

/**
 * The command line: every command with its options, and nothing of what they do. Each is loaded when it is called, since
 * reading a trace needs no Puppeteer.
 * @param end Is told how a command ended that judges.
 */
export function programOf(io: Io, end: (outcome: Outcome) => void): Command {
  const program = new Command('inpact')
    .description("Which event loop are your users waiting for: the browser's main thread, or the server's?")
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      // Commander repeats what it does not understand, such as a file name that begins with a dash.
      writeErr: (text) => {
        io.stderr(termLines(text));
      },
    })
    .showHelpAfterError('(add --help for what there is)');

  addCommonFlags(program.command('demo'), { runs: RUNS.demo })
    .description('record the built-in lab, sync- against async-backed, and write the report')
    .addOption(new Option('--port <number>', "the lab's port").argParser(port).default(0, 'any free one'))
    .action(async (options) => (await import('./commands/demo.ts')).demoCommand(options, io));

  addPageFlags(addCommonFlags(program.command('record'), { runs: RUNS.record }))
    .description('record a page under a scenario, and write the report')
    .argument('[url]', "the page (default: the scenario's)")
    .option('--resume <folder>', 'go on with a recording that was interrupted')
    .option('--shard <i/n>', 'record the i-th of n parts, whole rounds each, to be merged')
    .action(async (url, options) => (await import('./commands/record.ts')).recordCommand(url, options, io));

  program
    .command('analyze')
    .description('say what Chrome traces hold: long tasks, interactions, INP')
    .argument('<trace...>', 'trace files, plain or packed')
    .option('--json', 'write one JSON object instead of tables', false)
    .option(
      '--source-maps <folder|inline>',
      'show files, lines and names as the author wrote them: by the .map files in a folder, or by those that the trace holds',
    )
    .option('--server-trace <file>', 'the trace that the page’s server kept of itself, plain or packed')
    .action(async (files, options) =>
      (await import('./commands/analyze.ts')).analyzeCommand(files, options, io),
    );

  program
    .command('redact')
    .description('write a trace anew without what may be secret, to give it to others')
    .argument('<trace>', 'a trace file, plain or packed')
    .addOption(
      new Option('--level <how>', 'strict leaves out people, names of marks and pictures as well')
        .choices(['strict', 'default'] as const)
        .default('strict' as const),
    )
    .option('-o, --output <file>', 'where to write it (default: beside it, as .redacted.json.gz)')
    .action(async (trace, options) =>
      (await import('./commands/redact.ts')).redactCommand(trace, options, io),
    );

  program
    .command('merge')
    .description('put the sessions of shards together')
    .argument('<session...>', 'their folders')
    .requiredOption('-o, --output <folder>', 'where they go, with their traces')
    .action(async (sessions, options) =>
      (await import('./commands/merge.ts')).mergeCommand(sessions, options, io),
    );

  program
    .command('report')
    .description('write the HTML report of a recorded session, or of a trace')
    .argument('<session|trace>', 'the folder of a session, its session.json, or a trace file')
    .option('-o, --output <file>', 'where to write it (default: beside what it is of)')
    .option('--source-maps <folder|inline>', AUTHORS_NAMES)
    .addOption(maxReportSize())
    .option('--open', 'open it in the browser', false)
    .action(async (subject, options) =>
      (await import('./commands/report.ts')).reportCommand(subject, options, io),
    );

  program
    .command('view')
    .description('show a recorded session, or a trace, in the browser')
    .argument('<session|trace>', 'the folder of a session, its session.json, or a trace file')
    .option('--source-maps <folder|inline>', AUTHORS_NAMES)
    .action(async (subject, options) =>
      (await import('./commands/view.ts')).viewCommand(subject, options, io),
    );

  program
    .command('check')
    .description('judge a recorded session, or one trace, by a budget')
    .argument('<session|trace>', 'the folder of a session, its session.json, or a trace file')
    .requiredOption('--budget <file>', 'the limits, as JSON: see docs/budgets.md')
    .addOption(reporterOption())
    .addOption(inconclusiveOption())
    .action(async (subject, options) =>
      end(await (await import('./commands/check.ts')).checkCommand(subject, options, io)),
    );

  addCompareFlags(program.command('compare'))
    .description(
      'compare two versions of a page, recorded in pairs: regressed, not regressed, or inconclusive',
    )
    .argument('[base]', 'its address, the folder of a session, or with --session a variant')
    .argument('[changed]', 'the same of the version that changed')
    .action(async (base, changed, options) =>
      end(await (await import('./commands/compare.ts')).compareCommand(base, changed, options, io)),
    );

  addPairFlags(program.command('aa'))
    .description(
      'compare a page with itself, and with itself held up: what comparisons are worth on this machine',
    )
    .argument('<url>', 'the page')
    .option('--json', 'write one JSON object instead of text')
    .action(async (url, options) =>
      end(await (await import('./commands/aa.ts')).aaCommand(url, options, io)),
    );

  addCalibrationFlags(program.command('calibrate'))
    .description(
      'measure what recording costs the page: the lab untraced, light and full, timed by the page itself',
    )
    .action(async (options) => (await import('./commands/calibrate.ts')).calibrateCommand(options, io));

  program
    .command('init')
    .description('write a configuration, a scenario and a GitHub workflow to begin with')
    .action(async () => (await import('./commands/init.ts')).initCommand(io));

  program
    .command('doctor')
    .description('say whether recordings here can be trusted, and what to do if not')
    .option('--chrome-path <path>', 'use this Chrome')
    .action(async (options) => (await import('./commands/doctor.ts')).doctorCommand(options, io));

  program
    .command('browser')
    .description('say which Chrome is used')
    .option('--chrome-path <path>', 'use this Chrome')
    .option('--install', 'install one if there is none', false)
    .action(async (options) => (await import('./commands/browser.ts')).browserCommand(options, io));

  return program;
}

function port(text: string): number {
  const number = wholeFrom(0)(text);
  if (number > 65_535) throw new InvalidArgumentError('A port is at most 65535.');
  return number;
}
