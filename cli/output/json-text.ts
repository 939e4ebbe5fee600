import { COMMAND_ANYWHERE } from './runner-commands.ts';

/** A value as JSON that people can read too, without a command to a CI runner in its text: what is parsed from it has it as it was. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 1).replaceAll(COMMAND_ANYWHERE, String.raw`#\u0023`)}\n`;
