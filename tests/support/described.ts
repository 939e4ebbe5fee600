import { causesOf } from '../../src/insights/causes.ts';
import type { ServerSide } from '../../src/insights/server-clock.ts';
import { describeSteps as describeStepsBy } from '../../src/result/describe/describe-steps.ts';
import { describeTrace as describeTraceBy } from '../../src/result/describe/describe-trace.ts';
import type { StepResult } from '../../src/result/load.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import type { Facts } from '../../src/timeline/facts.ts';

/** A trace's result, with what its insights find. @param server Left out where it kept no trace. */
export const describeTrace = (file: string, facts: Facts, server?: ServerSide): TraceResult =>
  describeTraceBy(file, facts, causesOf(facts, server));

/** The same of a load's steps. */
export const describeSteps = (
  facts: Facts,
  names: readonly string[],
  server?: ServerSide,
): readonly StepResult[] => describeStepsBy(facts, names, causesOf(facts, server));
