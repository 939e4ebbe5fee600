import { isUnavailable, type Measure, unavailable } from '../../base/measure.ts';
import type { Agreement, CrossCheck, CrossCheckedStep } from '../../result/cross-check.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import type { StepResult } from '../../result/load.ts';
import type { Interaction, TraceResult } from '../../result/trace-result.ts';
import type { ObservedLoad } from '../load/observed-load.ts';
import type { PageInteraction } from '../page/page-vitals.ts';

/** One load that was traced, as the page and as the trace saw it. */
export interface TracedLoad {
  readonly page: ObservedLoad;
  readonly trace: TraceResult;
  readonly steps: readonly StepResult[];
}

export interface CrossChecked {
  readonly variant: string;
  readonly steps: readonly string[];
  /** Null where it went wrong. */
  readonly traced: TracedLoad | null;
  readonly untraced: ObservedLoad | null;
  readonly problems: readonly LoadProblem[];
}

/** Puts what a page saw of its interactions beside what the trace of the same load says of them. */
export function compareWithPage({ variant, steps, traced, untraced, problems }: CrossChecked): CrossCheck {
  return {
    variant,
    library: (traced?.page ?? untraced)?.library ?? 'none',
    page: agreement({
      traceMs: inpOfLastDocument(traced?.trace),
      pageMs: traced?.page.inpMs ?? FAILED,
      untracedMs: untraced?.inpMs ?? FAILED,
    }),
    steps: steps.map((step) => compareStep(step, traced, untraced)),
    problems,
  };
}

const FAILED = unavailable('load-failed');
const NO_INTERACTIONS = unavailable('no-interactions');
const NO_ENTRY = unavailable('no-entry');

function compareStep(
  step: string,
  traced: TracedLoad | null,
  untraced: ObservedLoad | null,
): CrossCheckedStep {
  const own = ownInteraction(step, traced);
  const same = sameInteraction(own, traced);
  const other = untraced === null ? FAILED : slowest(step, untraced);
  return {
    step,
    inp: agreement({
      traceMs: of(own, 'durationMs'),
      pageMs: of(same, 'durationMs'),
      untracedMs: of(other, 'durationMs'),
    }),
    icp: agreement({ traceMs: of(own, 'icpMs'), pageMs: of(same, 'icpMs'), untracedMs: of(other, 'icpMs') }),
  };
}

type Known<T> = T | ReturnType<typeof unavailable>;

/** A figure of what may not be known. */
const of = <Key extends 'durationMs' | 'icpMs'>(
  from: Known<Readonly<Record<Key, Measure>>>,
  key: Key,
): Measure => (isUnavailable(from) ? from : from[key]);

function ownInteraction(step: string, traced: TracedLoad | null): Known<Interaction> {
  if (traced === null) return FAILED;
  return traced.steps.find((result) => result.step === step)?.interaction ?? NO_INTERACTIONS;
}

function sameInteraction(own: Known<Interaction>, traced: TracedLoad | null): Known<PageInteraction> {
  if (traced === null) return FAILED;
  if (isUnavailable(own)) return own;
  const seen = traced.page.steps.flatMap(({ interactions }) => interactions);
  return seen.find(({ interactionId }) => interactionId === own.interactionId) ?? NO_ENTRY;
}

function slowest(step: string, { steps }: ObservedLoad): Known<PageInteraction> {
  const seen = steps.filter((observed) => observed.step === step).flatMap(({ interactions }) => interactions);
  return seen.toSorted((a, b) => length(b) - length(a))[0] ?? NO_ENTRY;
}

/** Those that Chrome does not tell of are the shortest. */
const length = ({ durationMs }: PageInteraction): number => (isUnavailable(durationMs) ? 0 : durationMs);

/** The page's library begins anew with each document. */
function inpOfLastDocument(trace: TraceResult | undefined): Measure {
  if (trace === undefined) return FAILED;
  const inp = trace.inpPerNavigation.at(-1)?.inp ?? trace.inp;
  return isUnavailable(inp) ? inp : inp.durationMs;
}

function agreement({ traceMs, pageMs, untracedMs }: Omit<Agreement, 'differenceMs'>): Agreement {
  return { traceMs, pageMs, differenceMs: differenceOf(traceMs, pageMs), untracedMs };
}

function differenceOf(trace: Measure, page: Measure): Measure {
  if (isUnavailable(trace)) return trace;
  return isUnavailable(page) ? page : page - trace;
}
