import { type JudgedMetric, type Judgement, METRIC_LABELS } from '../../src/index.ts';
import { termText } from './terminal.ts';

/** GitHub shows so many annotations of one kind for a step, and drops the rest. */
const MAX_ANNOTATIONS = 10;

/**
 * A judgement as commands that GitHub's runner reads from stdout, and shows beside the run.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function judgementGithub({ metrics }: Judgement): string {
  const notable = metrics.filter(({ verdict }) => verdict !== 'pass');
  return LEVELS.flatMap((level) => {
    const own = notable.filter((judged) => levelOf(judged) === level);
    return own.slice(0, MAX_ANNOTATIONS).map((judged) => command(level, judged));
  }).join('');
}

const LEVELS = ['error', 'warning', 'notice'] as const;

function levelOf({ verdict, severity }: JudgedMetric): (typeof LEVELS)[number] {
  if (verdict === 'inconclusive') return 'notice';
  return severity === 'error' ? 'error' : 'warning';
}

function command(level: string, { step, variant, metric, sentence, advice }: JudgedMetric): string {
  const place = [variant, step].filter((part) => part !== null).join(', ');
  const title = `${METRIC_LABELS[metric].label}${place === '' ? '' : ` (${place})`}`;
  const message = `${sentence}.${advice === null ? '' : ` ${advice}`}`;
  return `::${level} title=${property(title)}::${data(message)}\n`;
}

/** As the runner unescapes it: a line break would begin another command. */
const data = (text: string): string =>
  termText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
