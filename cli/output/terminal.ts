/** Longer strings from a trace say nothing more. */
const MAX_LENGTH = 300;

/**
 * Text that a page may have written, made harmless for a terminal: control characters, escape sequences and marks that
 * change the direction of writing are shown, not obeyed.
 */
export function term(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return cut.replaceAll(
    UNSAFE,
    (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
  );
}

// C0, DEL, C1, line and paragraph separators, and the bidirectional controls of UAX #9.
// oxlint-disable-next-line no-control-regex -- they are what this is about
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
