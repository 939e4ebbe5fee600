import { COMMAND_ANYWHERE, COMMAND_AT_START } from './runner-commands.ts';

/** Longer names from a trace say nothing more. */
const MAX_NAME = 300;
/** Sentences and paths are long, and useless when cut. */
const MAX_TEXT = 10_000;

/**
 * A name that a page may have written, made harmless for a terminal and for a CI runner that reads along: control characters, escape
 * sequences, marks that change the direction of writing, and commands are shown, not obeyed.
 */
export const term = (name: string): string => harmless(name, MAX_NAME);

/** The same for a sentence, a path or a message with such names in it. */
export const termText = (text: string): string => harmless(text, MAX_TEXT);

/** The same for text whose line ends are meant. */
export const termLines = (text: string): string => text.split('\n').map(termText).join('\n');

function harmless(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut
    .replace(COMMAND_AT_START, escaped)
    .replaceAll(COMMAND_ANYWHERE, escaped)
    .replaceAll(UNSAFE, escaped);
}

const escaped = (text: string): string =>
  Array.from(text, (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`).join(
    '',
  );

// C0, DEL, C1, line and paragraph separators, and the bidirectional controls of UAX #9.
// oxlint-disable-next-line no-control-regex -- they are what this is about
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
