import { type Entry, type JudgementView, messageOf } from './judgement-view.ts';
import { termText } from './terminal.ts';

/** GitHub shows so many annotations of one kind for a step, and drops the rest. */
const MAX_ANNOTATIONS = 10;

/**
 * A judgement as commands that GitHub's runner reads from stdout, and shows beside the run, at the line that takes most of what is
 * new. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function judgementGithub({ entries }: JudgementView): string {
  const notable = entries.filter(({ verdict }) => verdict !== 'pass');
  return LEVELS.flatMap((level) => {
    const own = notable.filter((entry) => levelOf(entry) === level);
    return own.slice(0, MAX_ANNOTATIONS).map((entry) => command(level, entry));
  }).join('');
}

const LEVELS = ['error', 'warning', 'notice'] as const;

function levelOf({ verdict, severity }: Entry): (typeof LEVELS)[number] {
  if (verdict === 'inconclusive') return 'notice';
  return severity === 'error' ? 'error' : 'warning';
}

function command(level: string, entry: Entry): string {
  const { place, label, source } = entry;
  const at = source === undefined ? '' : `,file=${property(source.path)},line=${String(source.line)}`;
  const title = `${label}${place.length === 0 ? '' : ` (${place.join(', ')})`}`;
  return `::${level} title=${property(title)}${at}::${data(messageOf(entry))}\n`;
}

/** As the runner unescapes it: a line break would begin another command. */
const data = (text: string): string =>
  termText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
