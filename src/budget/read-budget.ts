import * as v from 'valibot';
import { InpactError } from '../base/errors.ts';
import type { Severity } from '../result/judgement.ts';
import { firstIssue } from '../result/schema/first-issue.ts';
import { METRIC_IDS, metricNamed, REPORT_SIZE_LABEL } from '../result/words/metric-labels.ts';
import type { Budget, BudgetQuantile, Limit } from './budget.ts';

interface OwnLimit {
  readonly metric: string;
  readonly max: number;
  readonly step?: string | undefined;
  readonly variant?: string | undefined;
  readonly quantile: BudgetQuantile;
  readonly severity: Severity;
}

type Assertion = 'off' | readonly ['off', unknown] | readonly [Severity, AssertionOptions];

/** As Lighthouse CI writes it; how that sums up runs is another matter, so it must be said. */
interface AssertionOptions {
  readonly maxNumericValue: number;
  readonly aggregationMethod: string;
}

interface BudgetFile {
  readonly $schema?: string | undefined;
  readonly limits: readonly OwnLimit[];
  readonly assertions: Readonly<Record<string, Assertion>>;
}

const max: v.GenericSchema<unknown, number> = v.pipe(v.number(), v.finite(), v.minValue(0));
const severity: v.GenericSchema<unknown, Severity> = v.picklist(['error', 'warn']);

const ownLimit: v.GenericSchema<unknown, OwnLimit> = v.strictObject({
  metric: v.string(),
  max,
  step: v.optional(v.string()),
  variant: v.optional(v.string()),
  quantile: v.optional(v.picklist(['median', 'p75', 'p98']), 'median'),
  severity: v.optional(severity, 'error'),
});

const assertionOptions: v.GenericSchema<unknown, AssertionOptions> = v.strictObject({
  maxNumericValue: max,
  aggregationMethod: v.optional(v.string(), 'median'),
});

const assertion: v.GenericSchema<unknown, Assertion> = v.union([
  v.literal('off'),
  v.strictTuple([v.literal('off'), v.unknown()]),
  v.strictTuple([severity, assertionOptions]),
]);

/** What a budget file holds. */
const budgetSchema: v.GenericSchema<unknown, BudgetFile> = v.strictObject({
  $schema: v.optional(v.string()),
  limits: v.optional(v.array(ownLimit), []),
  assertions: v.optional(v.record(v.string(), assertion), {}),
});

/**
 * Reads a budget: a list of limits, assertions as Lighthouse CI writes them, or both.
 * @throws {InpactError} `bad-budget`, naming the first thing that is wrong.
 */
export function readBudget(json: string, file: string): Budget {
  const parsed = v.safeParse(budgetSchema, jsonOf(json, file));
  if (!parsed.success) throw badBudget(file, firstIssue(parsed.issues, 'the file'));
  const { limits, assertions } = parsed.output;
  const [size, ...sizes] = limits.filter(isOfReport);
  if (sizes.length > 0) throw badBudget(file, 'it limits the report’s size twice');
  const all = [
    ...limits
      .filter((limit) => !isOfReport(limit))
      .map(({ step, metric, variant, max: most, quantile, severity: level }): Limit => ({
        ...named(step, metric, file),
        variant,
        max: most,
        quantile,
        severity: level,
      })),
    ...Object.entries(assertions).flatMap(([key, value]) => limitOf(key, value, file)),
  ];
  if (all.length === 0 && size === undefined) throw badBudget(file, 'it sets no limit');
  return { limits: all, reportSize: size && { maxKb: size.max, severity: size.severity } };
}

/** It is of the session as a whole. */
const isOfReport = ({ metric }: OwnLimit): boolean => metric === REPORT_SIZE_LABEL.id;

/** `search/inp`, `interaction:search/inp` or `inp`. */
function limitOf(key: string, value: Assertion, file: string): readonly Limit[] {
  if (value === 'off' || value[0] === 'off') return [];
  const [level, { maxNumericValue, aggregationMethod }] = value;
  const slash = key.lastIndexOf('/');
  const step = slash < 0 ? undefined : key.slice(0, slash).replace(/^interaction:/, '');
  return [
    {
      ...named(step, key.slice(slash + 1), file),
      variant: undefined,
      max: maxNumericValue,
      quantile: aggregated(aggregationMethod, key, file),
      severity: level,
    },
  ];
}

function named(step: string | undefined, metric: string, file: string): Pick<Limit, 'step' | 'metric'> {
  const name = metricNamed(metric);
  if (name !== undefined) return { step, metric: name };
  throw badBudget(file, `there is no metric “${metric}”; there are ${METRIC_IDS.join(', ')}`);
}

function aggregated(method: string, key: string, file: string): Limit['quantile'] {
  if (method === 'median' || method === 'p75' || method === 'p98') return method;
  throw badBudget(
    file,
    `${key}: aggregationMethod “${method}” takes one run for all; use median (the default), p75 or p98`,
  );
}

function jsonOf(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw badBudget(file, cause instanceof Error ? cause.message : 'it is not JSON', cause);
  }
}

const badBudget = (file: string, why: string, cause?: unknown): InpactError =>
  new InpactError('bad-budget', `${file} is no budget: ${why}`, {
    hint: 'See docs/budgets.md for what a budget holds.',
    cause,
  });
