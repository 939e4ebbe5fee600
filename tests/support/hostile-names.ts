import { commandsIn } from './runner-commands.ts';

/** Names that a page, or whoever named a file, may hope that a terminal or a CI runner obeys. */
export const HOSTILE_NAMES: readonly string[] = [
  'a\u001B[2J\u001B[31mINJECTED',
  'a\u001B]0;INJECTED\u0007',
  'a\u001B]8;;https://evil.test\u001B\\INJECTED',
  'a\u001BP1$r0m\u001B\\INJECTED',
  'a\u009B31mINJECTED',
  'a\u009D0;INJECTED\u009C',
  'a\u202EINJECTED\u2066',
  'a\nINJECTED',
  'a\r\nINJECTED',
  'a\u2028INJECTED\u2029',
  'a\u0000\u0008\u007FINJECTED',
  'a##[stop-commands]INJECTED',
];

/**
 * What a terminal would obey in a text, or show in an order that is not the text's, or a CI runner that keeps it as a log. The ends
 * of lines are meant.
 */
export const obeyed = (text: string): readonly string[] => [
  ...Array.from(text).filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isControl = (code < 0x20 && character !== '\n') || (code >= 0x7f && code < 0xa0);
    return isControl || /\p{Bidi_Control}|\p{Zl}|\p{Zp}/u.test(character);
  }),
  ...commandsIn(text),
];
