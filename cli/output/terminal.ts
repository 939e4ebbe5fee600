/** Longer names from a trace say nothing more. */
const MAX_NAME = 300;
/** Sentences and paths are long, and useless when cut. */
const MAX_TEXT = 10_000;

/**
 * A name that a page may have written, made harmless for a terminal: control characters, escape sequences and marks that
 * change the direction of writing are shown, not obeyed.
 */
export const term = (name: string): string => harmless(name, MAX_NAME);

/** The same for a sentence, a path or a message with such names in it. */
export const termText = (text: string): string => harmless(text, MAX_TEXT);

/** The same for text whose line ends are meant. */
export const termLines = (text: string): string => text.split('\n').map(termText).join('\n');

function harmless(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replace(WORKFLOW_COMMAND, escaped).replaceAll(UNSAFE, escaped);
}

const escaped = (text: string): string =>
  Array.from(text, (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`).join(
    '',
  );

// What GitHub's runner would take for a command, where a line begins with it.
const WORKFLOW_COMMAND = /^\s*(::|##\[)/;

// C0, DEL, C1, line and paragraph separators, and the bidirectional controls of UAX #9.
// oxlint-disable-next-line no-control-regex -- they are what this is about
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
