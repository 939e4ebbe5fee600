import { type Change, isUnavailable, numberText, stageWords } from '../../src/index.ts';

/** One thing that takes another time, as a line of text. */
export function changeText({
  kind,
  name,
  url,
  line,
  presence,
  baseMs,
  changedMs,
  differenceMs,
  lowMs,
  highMs,
}: Change): string {
  const place = url === '' ? '' : ` (${url}${isUnavailable(line) ? '' : `:${String(line)}`})`;
  const what = `${KINDS[kind]} ${nameOf({ kind, name })}${place}`;
  const times = `${ms(baseMs)} → ${ms(changedMs)}`;
  return `${signed(differenceMs)} (${signed(lowMs)} to ${signed(highMs)}) ${what}, ${PRESENCE[presence]}${times}`;
}

function nameOf({ kind, name }: Pick<Change, 'kind' | 'name'>): string {
  if (kind === 'stage') return stageWords(name).short;
  return name === '' ? '(anonymous)' : name;
}

const KINDS: Readonly<Record<Change['kind'], string>> = {
  stage: 'stage',
  function: 'function',
  activity: 'browser’s',
  reflow: 'forced reflow in',
  request: 'request',
  server: 'server’s',
};

const PRESENCE: Readonly<Record<Change['presence'], string>> = { new: 'new, ', gone: 'gone, ', both: '' };

const ms = (value: number): string => `${numberText(value, 1)} ms`;
const signed = (value: number): string => `${value > 0 ? '+' : ''}${ms(value)}`;
