import { InvalidArgumentError } from '@commander-js/extra-typings';

export const REPORTERS = ['text', 'json', 'junit', 'github', 'markdown', 'csv', 'sarif'] as const;

export type ReporterName = (typeof REPORTERS)[number];

/** One output of a judgement. */
export interface Reporter {
  readonly name: ReporterName;
  /** Undefined for stdout. */
  readonly file: string | undefined;
}

/** Reads `junit`, `junit=results.xml` or several of these with commas between, and adds to those given before. */
export function parseReporters(text: string, before: readonly Reporter[] | undefined): readonly Reporter[] {
  return [...(before ?? []), ...text.split(',').map(parseReporter)];
}

function parseReporter(text: string): Reporter {
  const [wanted, ...rest] = text.split('=');
  const name = REPORTERS.find((known) => known === wanted);
  if (name === undefined) throw new InvalidArgumentError(`There are ${REPORTERS.join(', ')}.`);
  const file = rest.join('=');
  return { name, file: file === '' ? undefined : file };
}
