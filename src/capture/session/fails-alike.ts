import type { Load } from '../../result/load.ts';
import type { LoadProblem, LoadProblemCode } from '../../result/load-problems.ts';

/** A server that has to warm up fails a load or two; who waits for more than this finds out minutes later. */
const ALIKE = 5;

/** What the machine does: the next load may find it at rest. */
const PASSING: ReadonlySet<LoadProblemCode> = new Set(['host-busy', 'clock-anomaly']);

/**
 * What no load gets past: the problem of the last of a recording's loads, if none of them was fit, of no variant, and the last five have
 * it in common. Undefined as long as any was fit: how often loads fail is then a result of its own.
 */
export function failsAlike(loads: readonly Pick<Load, 'status' | 'problems'>[]): LoadProblem | undefined {
  const problem = loads.at(-1)?.problems[0];
  if (problem === undefined || PASSING.has(problem.code) || loads.length < ALIKE) return undefined;
  if (loads.some(({ status }) => status === 'valid')) return undefined;
  const areAlike = loads.slice(-ALIKE).every(({ problems }) => problems[0]?.code === problem.code);
  return areAlike ? problem : undefined;
}
