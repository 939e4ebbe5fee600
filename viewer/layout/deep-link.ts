import type { TimeSpan } from './time-span.ts';

/** What a link to a place in the report says, beside the section. */
export interface DeepLink {
  /** Which of the report's traces. */
  readonly load?: string;
  readonly interaction?: number;
  readonly shown?: TimeSpan;
}

const DIGITS = 3;

/** `#l=<load>&i=<interaction>&t=<from>-<to>`, in milliseconds of the trace. */
export function linkText({ load, interaction, shown }: DeepLink): string {
  const parts = new URLSearchParams();
  if (load !== undefined) parts.set('l', load);
  if (interaction !== undefined) parts.set('i', String(interaction));
  if (shown !== undefined) parts.set('t', `${shown.startMs.toFixed(DIGITS)}~${shown.endMs.toFixed(DIGITS)}`);
  return `#${parts.toString()}`;
}

/** Whoever sent the link may have written anything. */
export function parseLink(hash: string): DeepLink {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const load = parts.get('l');
  const interaction = numberOf(parts.get('i'));
  const [startMs, endMs] = (parts.get('t') ?? '').split('~').map(numberOf);
  const isSpan = startMs !== undefined && endMs !== undefined && endMs > startMs;
  return {
    ...(load === null ? {} : { load }),
    ...(interaction === undefined ? {} : { interaction }),
    ...(isSpan ? { shown: { startMs, endMs } } : {}),
  };
}

function numberOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
