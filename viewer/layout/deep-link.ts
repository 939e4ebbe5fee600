import type { NamedInteraction } from './named-interaction.ts';
import type { TimeSpan } from './time-span.ts';

/** What a link to a place in the report says, beside the section. */
export interface DeepLink {
  /** Which of the report's traces. */
  readonly load?: string;
  readonly interaction?: NamedInteraction;
  readonly shown?: TimeSpan;
}

const DIGITS = 3;

/** `#l=<load>&i=<interaction's id>~<start>&t=<from>~<to>`, in milliseconds of the trace. */
export function linkText({ load, interaction, shown }: DeepLink): string {
  const parts = new URLSearchParams();
  if (load !== undefined) parts.set('l', load);
  if (interaction !== undefined) parts.set('i', interactionText(interaction));
  if (shown !== undefined) parts.set('t', `${shown.startMs.toFixed(DIGITS)}~${shown.endMs.toFixed(DIGITS)}`);
  return `#${parts.toString()}`;
}

const interactionText = ({ interactionId, startMs }: NamedInteraction): string =>
  [String(interactionId), startMs?.toFixed(DIGITS)].filter((part) => part !== undefined).join('~');

/** Whoever sent the link may have written anything. */
export function parseLink(hash: string): DeepLink {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const load = parts.get('l');
  const [interactionId, began] = (parts.get('i') ?? '').split('~').map(numberOf);
  const [startMs, endMs] = (parts.get('t') ?? '').split('~').map(numberOf);
  const isSpan = startMs !== undefined && endMs !== undefined && endMs > startMs;
  return {
    ...(load === null ? {} : { load }),
    ...(interactionId === undefined
      ? {}
      : { interaction: { interactionId, ...(began === undefined ? {} : { startMs: began }) } }),
    ...(isSpan ? { shown: { startMs, endMs } } : {}),
  };
}

function numberOf(text: string): number | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
