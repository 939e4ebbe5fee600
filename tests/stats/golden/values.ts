import { readFileSync } from 'node:fs';
import { array, type GenericSchema, number, object, parse, string } from 'valibot';

interface Differences {
  readonly differences: readonly number[];
  readonly p: number;
}

interface Shares {
  readonly counts: readonly number[];
  readonly ofs: readonly number[];
  readonly p: number;
}

interface Golden {
  readonly scipy: string;
  readonly tied: readonly Differences[];
  readonly untied: readonly Differences[];
  readonly fisher: readonly Shares[];
}

const differences = object({ differences: array(number()), p: number() });
const shares = object({ counts: array(number()), ofs: array(number()), p: number() });
const golden: GenericSchema<unknown, Golden> = object({
  scipy: string(),
  tied: array(differences),
  untied: array(differences),
  fisher: array(shares),
});

/** What SciPy says; `make.py` beside this file makes it. */
export const GOLDEN: Golden = parse(
  golden,
  JSON.parse(readFileSync(new URL('values.json', import.meta.url), 'utf8')),
);
